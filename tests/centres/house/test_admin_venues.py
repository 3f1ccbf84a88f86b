"""Licences as a pool, their host keys, single loans, rooms of events, and days that are closed."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from centres.domain.booking.single_uses import rooms_of
from centres.domain.booking.weekly_times import take_slot
from centres.domain.house.host_keys import set_host_key
from centres.forms.staff.house import LoanForm
from centres.models import Booking, OpeningException, Organisation, Venue
from centres.states import Role, Skipped, VenueKind
from centres.week import on_or_after
from tests import recipes
from tests.bulk import sure

pytestmark = pytest.mark.django_db


@pytest.fixture
def tromso():
    return recipes.centre("tromso")


@pytest.fixture
def room(tromso):
    return recipes.venue(tromso, name="Stua")


@pytest.fixture
def coordinator(client, tromso):
    client.force_login(recipes.staff(Role.COORDINATOR, tromso))
    return client


@pytest.fixture
def day():
    return on_or_after(timezone.localdate() + timedelta(days=7), 1)


def licence(centre, **fields):
    return recipes.venue(centre, kind=VenueKind.LICENCE, provider="Whereby", **fields)


def test_pool_of_licences_is_added_in_one_step(coordinator, tromso):
    licence(tromso, name="Whereby 2")
    form = {"centre": tromso.pk, "kind": "licence", "name": "Whereby", "provider": "Whereby"}

    coordinator.post(
        reverse("admin:centres_venue_add"), form | {"capacity": 12, "at_once": 3, "active": "on"}
    )

    names = Venue.objects.values_list("name", flat=True)
    assert sorted(names) == ["Whereby 1", "Whereby 2", "Whereby 3", "Whereby 4"]


def test_room_is_one(coordinator, tromso):
    form = {"centre": tromso.pk, "kind": "room", "name": "Stua", "capacity": 8, "at_once": 2}

    response = coordinator.post(reverse("admin:centres_venue_add"), form)

    assert response.context["adminform"].form.errors.keys() == {"at_once"}


def test_name_without_room_for_a_number_is_asked_for_again(coordinator, tromso):
    form = {"centre": tromso.pk, "kind": "licence", "name": "x" * 80, "provider": "Whereby"}

    response = coordinator.post(
        reverse("admin:centres_venue_add"), form | {"capacity": 12, "at_once": 3, "active": "on"}
    )

    assert response.context["adminform"].form.errors.keys() == {"name"}


def test_licence_with_a_host_key_does_not_become_a_room(coordinator, tromso):
    venue = licence(tromso, name="Whereby")
    set_host_key(venue, "4711")
    form = {"centre": tromso.pk, "kind": "room", "name": "Stua", "capacity": 8, "active": "on"}

    response = coordinator.post(reverse("admin:centres_venue_change", args=[venue.pk]), form)

    assert response.context["adminform"].form.errors.keys() == {"kind"}


def test_page_of_licences_counts_what_is_used_and_free(coordinator, tromso, day):
    first, second, _third = (licence(tromso, name=f"Whereby {each}") for each in (1, 2, 3))
    tenant = Organisation.objects.create(name="Tolvtrinn")
    take_slot(first, weekday=1, starts=time(18), first_date=day)
    take_slot(second, weekday=1, starts=time(19), first_date=day, holder=tenant)

    response = coordinator.get(reverse("admin:centres_venue_licences"), {"day": day.isoformat()})

    (pool,) = response.context["pools"]
    part = next(part for part in pool.parts if part.week_slot == "tue-evening")
    assert (part.groups, part.organisations, part.events, len(part.free)) == (1, 1, 0, 1)
    assert "Tolvtrinn" not in response.text


def rows_of_the_table(response):
    return response.text.count('<th scope="row">')


def test_page_of_licences_tells_of_the_times_in_use_and_of_the_rest_in_a_sentence(
    coordinator, tromso, day
):
    first, _second = (licence(tromso, name=f"Whereby {each}") for each in (1, 2))
    address = reverse("admin:centres_venue_licences")

    free = coordinator.get(address, {"day": day.isoformat()})
    take_slot(first, weekday=1, starts=time(18), first_date=day)
    used = coordinator.get(address, {"day": day.isoformat()})

    assert rows_of_the_table(free) == 0
    assert "Alle 2 er ledige hele uka." in free.text
    assert rows_of_the_table(used) == 1
    assert "Alle 2 er ledige resten av uka." in used.text


def test_host_key_is_set_and_shown_nowhere(coordinator, tromso):
    row = licence(tromso)

    coordinator.post(reverse("admin:centres_venue_host_key", args=[row.pk]), {"host_key": "482911"})

    row.refresh_from_db()
    assert (row.host_key, row.host_key_since) == ("482911", timezone.localdate())
    for name, args in (
        ("host_key", [row.pk]),
        ("change", [row.pk]),
        ("changelist", []),
        ("history", [row.pk]),
    ):
        page = coordinator.get(reverse(f"admin:centres_venue_{name}", args=args))
        assert page.status_code == 200
        assert "482911" not in page.text


def test_host_key_of_another_centre_is_missing(coordinator):
    foreign = licence(recipes.centre())
    set_host_key(foreign, "482911")

    response = coordinator.post(
        reverse("admin:centres_venue_host_key", args=[foreign.pk]), {"host_key": "1"}
    )

    foreign.refresh_from_db()
    assert (response.status_code, foreign.host_key) == (404, "482911")


def loan_form(room, day, **fields):
    tenant, _new = Organisation.objects.get_or_create(name="Pårørendeforeningen")
    wanted = {"holder": tenant.pk, "venue": room.pk, "day": day, "starts": "18:00", "ends": "20:00"}
    return wanted | fields


def test_room_is_lent_once_and_stands_in_the_week_of_the_house(coordinator, room, day):
    coordinator.post(reverse("admin:centres_booking_add"), loan_form(room, day))

    week = coordinator.get(reverse("admin:centres_venue_week"), {"day": day.isoformat()}).text
    assert "Pårørendeforeningen" in week


def test_loan_of_a_taken_room_says_by_what_kind_of_use(coordinator, room, day):
    take_slot(room, weekday=1, starts=time(19), first_date=day)

    response = coordinator.post(reverse("admin:centres_booking_add"), loan_form(room, day))

    assert response.context["form"].errors["venue"] == [
        "Stua er opptatt da: en gruppe 19.00–21.00. Velg noe annet."
    ]


def test_loan_is_called_off_and_what_groups_have_is_left_alone(coordinator, room, day):
    coordinator.post(reverse("admin:centres_booking_add"), loan_form(room, day))
    slot = take_slot(room, weekday=2, starts=time(18), first_date=day + timedelta(days=1), weeks=1)

    coordinator.post(
        reverse("admin:centres_booking_changelist"), sure("give_back", Booking.objects.all())
    )

    assert list(Booking.objects.taking_the_venue()) == [slot.bookings.get()]


def event_form(centre, rooms, starts, **fields):
    wanted = {
        "centre": centre.pk,
        "kind": "info_meeting",
        "title_nb": "Åpent møte",
        "starts_at": timezone.localtime(starts).strftime("%Y-%m-%dT%H:%M"),
        "attendance": "just_come",
        "rooms": [room.pk for room in rooms],
    }
    return wanted | fields


@pytest.fixture
def noon(day):
    return datetime.combine(day, time(12), UTC)


def test_event_has_its_room_moves_with_it_and_lets_it_go(coordinator, tromso, room, noon):
    coordinator.post(reverse("admin:centres_event_add"), event_form(tromso, [room], noon))
    event = tromso.events.get()
    change = reverse("admin:centres_event_change", args=[event.pk])
    later = noon + timedelta(days=1)

    assert rooms_of(event) == [room]
    coordinator.post(change, event_form(tromso, [room], later))
    (booking,) = Booking.objects.taking_the_venue()
    assert (booking.span.lower, booking.event) == (later, event)

    coordinator.post(reverse("admin:centres_event_cancel", args=[event.pk]), {"because": "sykdom"})
    assert not Booking.objects.taking_the_venue().exists()


def test_event_at_a_taken_room_says_by_what_kind_of_use_and_keeps_what_was_typed(
    coordinator, tromso, room, noon, day
):
    tenant = Organisation.objects.create(name="Tolvtrinn")
    take_slot(room, weekday=1, starts=time(12), first_date=day, holder=tenant)

    response = coordinator.post(
        reverse("admin:centres_event_add"), event_form(tromso, [room], noon)
    )

    assert "en organisasjon 12.00–14.00" in response.context["adminform"].form.errors["rooms"][0]
    assert "Åpent møte" in response.text
    assert not tromso.events.exists()


def test_event_keeps_a_licence_that_this_reader_cannot_choose(coordinator, tromso, room, noon):
    coordinator.post(reverse("admin:centres_event_add"), event_form(tromso, [room], noon))
    event = tromso.events.get()
    shared = licence(None)
    Booking.objects.create(venue=shared, event=event, span=event.bookings.get().span)

    coordinator.post(
        reverse("admin:centres_event_change", args=[event.pk]), event_form(tromso, [], noon)
    )

    assert rooms_of(event) == [shared]


def test_closing_the_house_skips_what_is_booked_and_says_so(coordinator, tromso, room, day):
    slot = take_slot(room, weekday=1, starts=time(18), first_date=day, weeks=3)
    page = reverse("admin:centres_centre_change", args=[tromso.pk])
    form = coordinator.get(page).context["adminform"].form
    sent = {
        name: value
        for name, value in ((name, form[name].value()) for name in form.fields)
        if value not in (None, False)
    }
    prefixes = ("opening_hours", "opening_exceptions", "people", "partnerships")
    for prefix in prefixes:
        sent |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    sent |= {
        "opening_exceptions-TOTAL_FORMS": "1",
        "opening_exceptions-0-first_date": day.isoformat(),
        "opening_exceptions-0-reason_nb": "Vi pusser opp",
    }

    response = coordinator.post(page, sent, follow=True)

    assert OpeningException.objects.exists()
    assert slot.bookings.filter(skipped_because=Skipped.CLOSED).count() == 1
    assert f"Stua {day:%d.%m.%Y} 18.00" in response.text


def test_host_keys_to_change_have_a_tab(coordinator, tromso):
    old = licence(tromso, name="Whereby gammel")
    set_host_key(old, "482911", today=date(2020, 1, 1))
    set_host_key(licence(tromso, name="Whereby ny"), "482911")

    rows = coordinator.get(reverse("admin:centres_venue_changelist"), {"view": "host-keys"})

    assert list(rows.context["cl"].queryset) == [old]


def test_loan_in_the_night_when_the_clocks_go_forward_is_asked_about_again(room):
    tenant = Organisation.objects.create(name="Tolvtrinn")
    asked = {"holder": tenant.pk, "venue": room.pk, "day": "2027-03-28"}

    form = LoanForm(asked | {"starts": "02:30", "ends": "03:00"}, venues=Venue.objects.all())

    assert "ends" in form.errors


def test_staff_write_down_how_many_came(coordinator, room):
    slot = take_slot(room, weekday=1, starts=time(18), first_date=date(2026, 11, 24), weeks=1)
    booking = slot.bookings.get()

    coordinator.post(
        reverse("admin:centres_booking_change", args=[booking.pk]),
        {"held": "true", "head_count": 5},
    )

    assert Booking.objects.values_list("held", "head_count").get() == (True, 5)
