"""Two at the same page of the admin: the second is told, and what was typed is kept."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.admin.helpers import AdminForm
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from centres.models import Centre, OpeningHours
from centres.states import Role
from groups.domain.asking.answering import say_no
from groups.domain.changed_meanwhile import sealed_seat
from groups.models import Seat, SelfHelpGroup
from linkcenter.admin import editing
from tests import recipes
from tests.database import InBackground, is_waiting
from tests.groups.filled import again, filled

pytestmark = pytest.mark.django_db


def told(page: Any) -> str:
    form: AdminForm = page.context["adminform"]
    return " ".join(form.form.non_field_errors())


@pytest.fixture
def centre() -> Centre:
    return recipes.centre(email="gammel@example.org", notice_nb="")


@pytest.fixture
def staff(client: Client, centre: Centre) -> Client:
    client.force_login(recipes.staff(Role.COORDINATOR, centre))
    return client


def test_second_is_told_and_what_was_typed_is_kept(staff: Client, centre: Centre) -> None:
    address = reverse("admin:centres_centre_change", args=[centre.pk])
    page = filled(staff, address, "centre_form")
    staff.post(address, page | {"email": "kari@example.org", "notice_nb": "Stengt i dag"})

    refused = staff.post(address, page | {"email": "ola@example.org", "visiting_address": "Gata 1"})
    centre.refresh_from_db()
    after_refusal = (centre.email, centre.notice_nb, centre.visiting_address)
    shown = again(refused, "centre_form")
    staff.post(address, shown)

    assert after_refusal == ("kari@example.org", "Stengt i dag", "")
    assert "kari@example.org" in told(refused)
    assert "Stengt i dag" in told(refused)
    assert (shown["email"], shown["visiting_address"]) == (["ola@example.org"], ["Gata 1"])
    centre.refresh_from_db()
    assert (centre.email, centre.visiting_address) == ("ola@example.org", "Gata 1")
    assert centre.notice_nb == "Stengt i dag"  # the second had not touched it


def test_second_is_told_of_a_row_on_the_page(staff: Client, centre: Centre) -> None:
    hours = OpeningHours.objects.create(centre=centre, weekday=0, opens="09:00", closes="12:00")
    address = reverse("admin:centres_centre_change", args=[centre.pk])
    page = filled(staff, address, "centre_form")
    staff.post(address, page | {"opening_hours-0-closes": "13:00"})

    refused = staff.post(address, page | {"opening_hours-0-opens": "10:00"})
    hours.refresh_from_db()
    kept = (hours.opens.hour, hours.closes.hour)
    staff.post(address, again(refused, "centre_form"))

    assert refused.status_code == 200
    assert kept == (9, 13)
    hours.refresh_from_db()
    assert (hours.opens.hour, hours.closes.hour) == (10, 13)


def test_second_is_told_of_an_initiator(staff: Client, centre: Centre) -> None:
    initiator = recipes.initiator(centre, phone="+4741234567", languages=["no"])
    address = reverse("admin:groups_initiator_change", args=[initiator.pk])
    page = filled(staff, address, "initiator_form")
    staff.post(address, page | {"phone": "412 34 568", "availability": ["mon-morning"]})

    refused = staff.post(address, page | {"max_groups": "3"})
    staff.post(address, again(refused, "initiator_form"))

    assert "41234568" in told(refused).replace(" ", "")
    initiator.refresh_from_db()
    assert initiator.max_groups == 3
    assert (initiator.phone, initiator.availability) == ("+4741234568", ["mon-morning"])


@pytest.mark.django_db(transaction=True)
def test_who_saves_at_the_same_moment_waits_and_is_told(staff: Client, centre: Centre) -> None:
    address = reverse("admin:centres_centre_change", args=[centre.pk])
    page = filled(staff, address, "centre_form") | {"visiting_address": "Gata 1"}
    runner = InBackground()
    with transaction.atomic():
        Centre.objects.select_for_update().get(pk=centre.pk)
        second = runner.start(staff.post, address, page)
        assert is_waiting(second)
        Centre.objects.filter(pk=centre.pk).update(email="kari@example.org")
    refused = second.result(timeout=20)
    runner.stop()

    assert "kari@example.org" in told(refused)
    assert Centre.objects.get(pk=centre.pk).visiting_address == ""


def test_same_change_twice_is_no_quarrel(staff: Client, centre: Centre) -> None:
    address = reverse("admin:centres_centre_change", args=[centre.pk])
    page = filled(staff, address, "centre_form") | {"email": "kari@example.org"}

    answers = [staff.post(address, page) for _twice in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]


def test_what_a_page_showed_cannot_be_made_up(staff: Client, centre: Centre) -> None:
    address = reverse("admin:centres_centre_change", args=[centre.pk])
    page = filled(staff, address, "centre_form") | {"email": "kari@example.org"}

    refused = staff.post(address, page | {"as_seen": "made:up"})

    assert refused.status_code == 200
    assert "gammel@example.org" in told(refused)


def test_what_a_page_showed_is_of_that_row_only(centre: Centre) -> None:
    other = recipes.centre()
    sealed = editing.seal(editing.digests(centre, {"email": "a"}))

    assert editing.changed_since(sealed, centre, {"email": "b"}) == ["email"]
    assert editing.changed_since(sealed, centre, {"email": "a"}) == []
    assert editing.changed_since(sealed, other, {"email": "b"}) == []


def test_digest_tells_nothing_of_a_value(centre: Centre) -> None:
    seen = editing.digests(centre, {"born": date(1980, 1, 1)})

    assert "1980" not in str(seen)
    assert seen != editing.digests(centre, {"born": date(1980, 1, 2)})


def group_page(client: Client, group: SelfHelpGroup) -> tuple[str, dict[str, str]]:
    """The page, and what its forms carry."""
    address = reverse("admin:groups_selfhelpgroup_change", args=[group.pk])
    return address, {"as_seen": client.get(address).context["as_seen"]}


def act(client: Client, name: str, group: SelfHelpGroup, *keys: int, **data: str) -> Any:
    address = reverse(f"admin:groups_selfhelpgroup_{name}", args=[group.pk, *keys])
    return client.post(address, data)


@pytest.fixture
def group(centre: Centre) -> SelfHelpGroup:
    """Two have said yes, which is enough; a third is asked."""
    group = recipes.group(centre, min_size=2, first_date=date(2026, 11, 24))
    asked = {"asked_at": timezone.now(), "answer_by": date(2026, 12, 1)}
    for _number in range(2):
        recipes.seat(group, state="yes", answered_at=timezone.now(), **asked)
    recipes.seat(group, state="asked", **asked)
    return group


@travel(datetime(2026, 11, 9, 12, tzinfo=UTC), tick=False)
def test_act_on_a_group_that_has_changed_is_told_first(staff: Client, group: SelfHelpGroup) -> None:
    _address, seen = group_page(staff, group)
    say_no(group.seats.get(state="asked"), actor=None)

    refused = act(staff, "settle", group, first_date="2026-12-01", **seen)
    group.refresh_from_db()
    state = group.state
    form = refused.context["forms"]["settle"]
    act(staff, "settle", group, first_date="2026-12-01", as_seen=refused.context["as_seen"])

    group.refresh_from_db()
    assert (state, group.state) == ("forming", "settled")
    assert len(form.non_field_errors()) == 1
    assert form["first_date"].value() == "2026-12-01"


@travel(datetime(2026, 11, 9, 12, tzinfo=UTC), tick=False)
@pytest.mark.parametrize("name", ["let_go", "add_person", "ask"])
def test_no_act_on_a_group_passes_over_what_has_changed(
    staff: Client, centre: Centre, group: SelfHelpGroup, name: str
) -> None:
    more = recipes.waiting(centre)
    recipes.seat(group)
    _address, seen = group_page(staff, group)
    before = list(group.seats.values_list("pk", "state"))
    SelfHelpGroup.objects.filter(pk=group.pk).update(first_date=date(2026, 12, 8))

    act(staff, name, group, sure="on", registration=str(more.pk), **seen)

    group.refresh_from_db()
    assert group.state == "forming"
    assert list(group.seats.values_list("pk", "state")) == before


def test_group_that_nobody_touched_is_acted_on_at_once(staff: Client, group: SelfHelpGroup) -> None:
    _address, seen = group_page(staff, group)

    act(staff, "let_go", group, sure="on", **seen)

    group.refresh_from_db()
    assert group.state == "ended"


def test_every_form_of_a_group_carries_what_was_shown(staff: Client, group: SelfHelpGroup) -> None:
    address, _seen = group_page(staff, group)

    html = staff.get(address).content.decode()

    forms = html.split('<form class="link-form"')[1:]
    assert len(forms) > 2
    assert all('name="as_seen"' in form.partition("</form>")[0] for form in forms)


def place(client: Client, seat: Seat) -> dict[str, str]:
    """What the buttons beside the seat carry."""
    return {"as_seen": sealed_seat(Seat.objects.get(pk=seat.pk))}


def test_who_takes_somebody_out_hears_first_that_they_have_answered(
    staff: Client, group: SelfHelpGroup
) -> None:
    seat = group.seats.get(state="asked")
    seen = place(staff, seat)
    Seat.objects.filter(pk=seat.pk).update(state="yes", answered_at=timezone.now())

    act(staff, "remove", group, seat.pk, **seen)
    seat.refresh_from_db()
    state = seat.state
    act(staff, "remove", group, seat.pk, **place(staff, seat))

    seat.refresh_from_db()
    assert (state, seat.state) == ("yes", "ended")


def test_answer_of_one_is_no_matter_for_another(staff: Client, group: SelfHelpGroup) -> None:
    seat = group.seats.get(state="asked")
    seen = place(staff, seat)
    Seat.objects.filter(group=group, state="yes").update(reminded_at=timezone.now())

    act(staff, "yes", group, seat.pk, **seen)

    seat.refresh_from_db()
    assert seat.state == "yes"


def test_week_of_somebody_lent_is_kept_by_their_own_centre(
    staff: Client, group: SelfHelpGroup
) -> None:
    seat = group.seats.get(state="asked")
    away = recipes.waiting(recipes.centre(), availability=["mon-morning"])
    Seat.objects.filter(pk=seat.pk).update(registration=away)

    act(staff, "other_time", group, seat.pk, availability="sun-evening")

    seat.refresh_from_db()
    away.refresh_from_db()
    assert (seat.end_reason, away.availability) == ("other_time", ["mon-morning"])
