"""Staff look at every date of a weekly time before they take it, and change it on its page."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from centres.domain.booking.weekly_times import take_slot
from centres.models import Booking, ContactPerson, Organisation, Slot
from centres.states import Role, Skipped
from centres.week import on_or_after
from linkcenter.models import Message
from tests import recipes

pytestmark = pytest.mark.django_db

ADD = reverse("admin:centres_slot_add")
LIST = reverse("admin:centres_slot_changelist")


@pytest.fixture
def tromso():
    return recipes.centre("tromso")


@pytest.fixture
def room(tromso):
    return recipes.venue(tromso, name="Stua")


@pytest.fixture
def tenant():
    tenant = Organisation.objects.create(name="Tolvtrinn")
    ContactPerson.objects.create(organisation=tenant, title="Leder", email="leder@example.org")
    return tenant


@pytest.fixture
def coordinator(client, tromso):
    client.force_login(recipes.staff(Role.COORDINATOR, tromso))
    return client


@pytest.fixture
def tuesday():
    return on_or_after(timezone.localdate() + timedelta(days=7), 1)


@pytest.fixture
def wanted(room, tenant, tuesday):
    return {
        "venue": room.pk,
        "holder": tenant.pk,
        "weekday": 1,
        "starts": "18:00",
        "minutes": 120,
        "first_date": tuesday.isoformat(),
    }


@pytest.fixture
def borrowed(room, tenant, tuesday):
    return take_slot(room, weekday=1, starts=time(18), first_date=tuesday, weeks=8, holder=tenant)


def act(name, slot):
    return reverse(f"admin:centres_slot_{name}", args=[slot.pk])


def test_looking_shows_every_date_with_the_kind_of_use_and_changes_nothing(
    coordinator, room, wanted, tuesday
):
    group = recipes.group(
        room.centre,
        name="Hemmelig gruppe",
        slot=take_slot(room, weekday=1, starts=time(17), first_date=tuesday, weeks=2),
    )

    response = coordinator.get(ADD, wanted)

    shown = response.context["preview"]
    assert (len(shown.dates), len(shown.taken)) == (52, 2)
    assert "opptatt: en gruppe" in response.text
    assert group.name not in response.text
    assert Slot.objects.count() == 1


def test_time_is_taken_with_the_taken_dates_skipped_and_the_tenant_is_told(
    coordinator, room, wanted, tuesday
):
    take_slot(room, weekday=1, starts=time(17), first_date=tuesday, weeks=2)

    coordinator.post(ADD, wanted | {"skips": "2"})

    slot = Slot.objects.get(holder__isnull=False)
    assert slot.bookings.filter(skipped_because=Skipped.TAKEN).count() == 2
    page = coordinator.get(reverse("admin:centres_slot_change", args=[slot.pk])).text
    assert page.count("opptatt av noe annet") == 2
    assert Message.objects.get().to == "leder@example.org"


def test_date_taken_since_it_was_shown_is_shown_anew(coordinator, room, wanted, tuesday):
    take_slot(room, weekday=1, starts=time(17), first_date=tuesday, weeks=1)

    response = coordinator.post(ADD, wanted | {"skips": "0"})

    assert len(response.context["preview"].taken) == 1
    assert Slot.objects.count() == 1


def test_first_date_is_the_first_such_weekday_from_the_day_on(coordinator, wanted, tuesday):
    from_monday = wanted | {"first_date": (tuesday - timedelta(days=1)).isoformat()}

    coordinator.post(ADD, from_monday | {"skips": "0"})

    assert Slot.objects.get().first_date == tuesday


def test_what_is_wrong_is_said_and_kept(coordinator, wanted):
    response = coordinator.get(ADD, wanted | {"minutes": "5", "first_date": "2020-01-01"})

    assert response.context["form"].errors.keys() == {"minutes", "first_date"}
    assert 'value="18:00"' in response.text


def test_free_times_of_the_room_are_offered(coordinator, room, wanted, tuesday):
    take_slot(room, weekday=1, starts=time(15), minutes=480, first_date=tuesday)

    text = coordinator.get(ADD, wanted).text

    assert "Mandag kveld 18.00" in text
    assert "Tirsdag kveld" not in text


def test_organisation_is_moved_to_another_time(coordinator, borrowed, wanted, tuesday):
    later = (tuesday + timedelta(weeks=2)).isoformat()
    move = wanted | {"weekday": 3, "starts": "19:00", "first_date": later}

    coordinator.post(act("move", borrowed), move | {"skips": "0"})

    borrowed.refresh_from_db()
    assert borrowed.given_up_on == tuesday + timedelta(weeks=2)
    assert Slot.objects.get(given_up_on=None).weekday == 3


def test_break_of_an_organisation_frees_the_room_and_is_called_off(coordinator, borrowed, tuesday):
    days = {"from_date": tuesday, "until": tuesday + timedelta(weeks=2)}
    on_break = borrowed.bookings.filter(skipped_because=Skipped.BREAK)

    coordinator.post(act("break", borrowed), days)
    assert on_break.count() == 2
    coordinator.post(act("resume", borrowed))

    assert on_break.count() == 0


def test_break_that_ends_before_it_begins_is_explained(coordinator, borrowed, tuesday):
    days = {"from_date": tuesday, "until": tuesday}

    response = coordinator.post(act("break", borrowed), days)

    assert response.context["break_form"].errors.keys() == {"until"}


@pytest.mark.parametrize("first", ["0001-01-01", "9999-12-30"])
def test_break_in_a_far_off_year_is_explained(coordinator, borrowed, first):
    days = {"from_date": first, "until": "9999-12-31"}

    response = coordinator.post(act("break", borrowed), days)

    assert response.context["break_form"].errors.keys() == {"from_date"}


def test_time_that_is_given_up_is_free_from_that_day(coordinator, borrowed, tuesday):
    coordinator.post(act("give_up", borrowed), {"on": tuesday + timedelta(weeks=1)})

    assert borrowed.bookings.taking_the_venue().count() == 1


@pytest.mark.parametrize("name", ["move", "break", "resume", "give_up"])
def test_time_of_a_group_is_changed_with_the_group_only(coordinator, room, tuesday, name):
    of_group = take_slot(room, weekday=1, starts=time(18), first_date=tuesday, weeks=4)

    response = coordinator.post(act(name, of_group), {"on": tuesday, "from_date": tuesday})

    assert response.status_code == 404
    assert Booking.objects.taking_the_venue().count() == 4


def test_list_names_the_group_that_has_a_time_and_leads_to_it(coordinator, room, borrowed, tuesday):
    slot = take_slot(room, weekday=2, starts=time(18), first_date=tuesday + timedelta(days=1))
    group = recipes.group(room.centre, name="Onsdagsgruppa", slot=slot)

    text = coordinator.get(LIST).text

    assert f'<a href="/admin/groups/selfhelpgroup/{group.pk}/change/">Onsdagsgruppa</a>' in text
    assert "Tolvtrinn" in text


def test_list_tells_an_administrator_only_that_a_group_has_the_time(client, room, tuesday):
    slot = take_slot(room, weekday=1, starts=time(18), first_date=tuesday)
    recipes.group(room.centre, name="Hemmelig gruppe", slot=slot)
    client.force_login(recipes.staff(Role.ADMINISTRATOR))

    text = client.get(LIST).text

    assert '<td class="field-held_by">en gruppe</td>' in text
    assert "Hemmelig gruppe" not in text
