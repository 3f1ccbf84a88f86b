"""Staff remind, give more time, add and ask, settle against rules, and write down what is shown."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import travel

from centres.domain.booking.weekly_times import take_slot
from centres.models import Centre
from centres.states import Role, VenueKind
from groups.domain.asking import answering, asking
from groups.domain.lifecycle import settling
from groups.domain.running.sharing import Shown, shown
from groups.lists.groups import LATE
from groups.models import SelfHelpGroup
from groups.states import BrokenBecause, BrokenRule, GroupState, SeatState, SettledFormat
from linkcenter.models import Message, MessageState
from linkcenter.tokens import token_for
from participants.models import ReadLog, Theme
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
TODAY = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def at_noon():
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def centre():
    return recipes.centre(min_to_start=3, answer_days=7)


@pytest.fixture
def staff(client: Client, centre: Centre) -> Client:
    client.force_login(recipes.staff(Role.COORDINATOR, centre))
    return client


@pytest.fixture
def group(centre: Centre) -> SelfHelpGroup:
    """Three who have been asked, and have heard it."""
    group = recipes.group(centre)
    for _number in range(3):
        recipes.seat(group)
    asking.ask(group, actor=None)
    Message.objects.update(state=MessageState.SENT, sent_at=NOW)
    return group


def post(client: Client, act: str, group: SelfHelpGroup, *more: int, **data: Any) -> Any:
    address = reverse(f"admin:groups_selfhelpgroup_{act}", args=[group.pk, *more])
    return client.post(address, data)


def page(client: Client, group: SelfHelpGroup) -> Any:
    return client.get(reverse("admin:groups_selfhelpgroup_change", args=[group.pk]))


def say_yes(group: SelfHelpGroup, number: int) -> None:
    for seat in list(group.seats.asked().order_by("pk"))[:number]:
        answering.say_yes(seat)


def test_those_ticked_are_reminded_once(staff: Client, group: SelfHelpGroup) -> None:
    first, second, _third = group.seats.order_by("pk")
    post(staff, "unanswered", group, seats=[first.pk], remind="Minn")

    answer = post(staff, "unanswered", group, seats=[first.pk, second.pk], remind="Minn")

    reminded = group.seats.filter(reminded_at__isnull=False)
    assert answer.status_code == 302
    assert set(reminded) == {first, second}
    assert Message.objects.filter(kind="reminder").count() == 2
    again = post(staff, "unanswered", group, seats=[first.pk], remind="Minn")
    assert again.context["forms"]["unanswered"].non_field_errors()


def test_those_ticked_get_more_time(staff: Client, group: SelfHelpGroup) -> None:
    first, *_others = group.seats.order_by("pk")

    post(staff, "unanswered", group, seats=[first.pk], more_time="x", answer_by="2026-11-12")

    first.refresh_from_db()
    assert first.answer_by == date(2026, 11, 12)
    assert group.seats.filter(answer_by=date(2026, 11, 9)).count() == 2


@pytest.mark.parametrize(
    "typed",
    [
        {"remind": "x"},
        {"more_time": "x", "answer_by": "2026-11-12"},
        {"more_time": "x", "seats": "all"},
        {"more_time": "x", "seats": "all", "answer_by": "2026-11-02"},
        {"more_time": "x", "seats": "all", "answer_by": "2027-11-02"},
        {"remind": "x", "seats": ["999999999"]},
    ],
)
def test_what_makes_no_sense_is_said_and_changes_nothing(
    staff: Client, group: SelfHelpGroup, typed: dict[str, Any]
) -> None:
    if typed.get("seats") == "all":
        typed = typed | {"seats": list(group.seats.values_list("pk", flat=True))}

    answer = post(staff, "unanswered", group, **typed)

    assert answer.context["forms"]["unanswered"].errors
    assert Message.objects.exclude(kind="asked").count() == 0


def test_panel_says_how_it_stands_and_offers_three_ways_on(
    staff: Client, group: SelfHelpGroup
) -> None:
    say_yes(group, 2)

    answer = page(staff, group)

    stands = answer.context["stands"]
    assert (stands.yes, stands.need, stands.unanswered) == (2, 3, 1)
    assert (stands.answer_by, stands.is_due) == (date(2026, 11, 9), False)
    assert {"settle", "extend", "let_go", "unanswered"} <= set(answer.context["forms"])
    group.seats.update(answer_by=TODAY)
    assert page(staff, group).context["stands"].is_due
    assert list(LATE.rows(SelfHelpGroup.objects.all(), TODAY)) == [group]
    post(staff, "extend", group, answer_by="2026-11-16")
    assert not page(staff, group).context["stands"].is_due
    assert not LATE.rows(SelfHelpGroup.objects.all(), TODAY).exists()


def test_group_too_small_is_settled_with_a_tick_and_a_reason(
    staff: Client, group: SelfHelpGroup
) -> None:
    say_yes(group, 2)
    day = {"first_date": "2026-12-01"}

    refused = post(staff, "settle", group, **day)

    form = refused.context["forms"]["settle"]
    assert {"broken_rules", "broken_because"} <= set(form.errors)
    assert form["first_date"].value() == "2026-12-01"
    post(
        staff,
        "settle",
        group,
        broken_rules=[BrokenRule.FEWER],
        broken_because=BrokenBecause.AGREED,
        **day,
    )
    group.refresh_from_db()
    assert (group.state, group.broken_rules) == (GroupState.SETTLED, [BrokenRule.FEWER])
    shown = page(staff, group)
    assert shown.context["broken_on_purpose"]
    assert str(BrokenBecause.AGREED.label) in shown.content.decode()


def test_next_best_fits_are_listed_with_reasons_and_asked_one_by_one(
    staff: Client, group: SelfHelpGroup, centre: Centre
) -> None:
    long_ago = datetime(2026, 1, 2, 12, tzinfo=UTC)
    fits = recipes.waiting(centre, {"name": "Kari Venter"}, registered_at=long_ago)
    recipes.waiting(centre, {"name": "Ola Nyligst"})
    other_time = recipes.waiting(centre, availability=["mon-morning"])
    elsewhere = recipes.waiting(recipes.centre(), {"name": "Fremmed Fjord"})
    said_no = group.seats.first()
    answering.say_no(said_no)

    shown = page(staff, group)

    shortfall = shown.context["shortfall"]
    assert shortfall.fits[0].registration == fits
    assert all(fit.reasons for fit in shortfall.fits)
    assert other_time in [one.registration for one in shortfall.askable]
    assert not {elsewhere, said_no.registration} & set(shortfall.people)
    assert ReadLog.objects.filter(participant=fits.participant).exists()
    post(staff, "add_person", group, registration=fits.pk, ask="on")
    assert group.seats.get(registration=fits).state == SeatState.ASKED
    assert group.seats.live().count() == 3


def test_who_is_lent_to_a_digital_group_is_listed_by_reference_alone(
    staff: Client, centre: Centre
) -> None:
    licence = recipes.venue(centre, kind=VenueKind.LICENCE, provider="zoom")
    slot = take_slot(licence, weekday=1, starts=time(18), first_date=date(2026, 11, 24), weeks=4)
    group = recipes.group(centre, format=SettledFormat.DIGITAL, slot=slot)
    recipes.seat(group, recipes.waiting(centre, format="digital"))
    far = recipes.waiting(
        recipes.centre(),
        {"name": "Plantet Fjernesen"},
        format="digital",
        digital_elsewhere=True,
    )

    shown = page(staff, group)

    assert [fit.registration for fit in shown.context["shortfall"].fits] == [far]
    assert "Plantet" not in shown.content.decode()
    post(staff, "add_person", group, registration=far.pk, ask="on")
    assert group.seats.get(registration=far).state == SeatState.ASKED


def test_one_who_breaks_a_rule_is_asked_after_a_tick_and_a_reason(
    staff: Client, centre: Centre
) -> None:
    group = recipes.group(centre)
    recipes.seat(group, recipes.waiting(centre, {"birth_year": 1990}))
    old = recipes.waiting(centre, {"birth_year": 1950})
    assert page(staff, group).context["shortfall"].fits[0].warning

    refused = post(staff, "add_person", group, registration=old.pk, ask="on")

    form = refused.context["forms"]["add"]
    assert "broken_rules" in form.errors
    assert (form["registration"].value(), form["ask"].value()) == (str(old.pk), True)
    approval = {"broken_rules": ["age_span"], "broken_because": "nobody_else"}
    post(staff, "add_person", group, registration=old.pk, ask="on", **approval)
    assert group.seats.get(registration=old).state == SeatState.ASKED


def test_question_asked_from_the_groups_page_leads_back_to_it(
    staff: Client, group: SelfHelpGroup, centre: Centre
) -> None:
    one = recipes.waiting(centre, availability=["mon-morning"])
    address = reverse("admin:groups_matchrun_ask")

    data = {"ask": f"{one.pk} slot:tue-evening", "back": "group", "group": group.pk}
    answer = staff.post(address, data)

    assert answer.headers["Location"] == reverse(
        "admin:groups_selfhelpgroup_change", args=[group.pk]
    )
    assert one.questions.open().count() == 1
    assert staff.post(address, {"back": "group", "group": "x"}).status_code == 404


def test_staff_write_down_what_somebody_on_the_phone_wants_to_show(
    staff: Client, group: SelfHelpGroup
) -> None:
    say_yes(group, 3)
    settling.settle(group, first_date=group.first_date, actor=None)
    seat = group.seats.first()
    address = reverse("admin:groups_selfhelpgroup_shown", args=[group.pk, seat.pk])
    staff.get(address)
    seat.refresh_from_db()
    assert seat.shared_at is None

    answer = staff.post(address, {"show": "other_name", "other_name": "Nora"})

    seat.refresh_from_db()
    assert answer.status_code == 302
    assert shown(seat) == Shown("Nora")
    assert "Nora" in page(staff, group).content.decode()


def test_theme_is_told_on_the_persons_page_and_in_no_title_mail_or_address(
    client: Client, centre: Centre
) -> None:
    theme = Theme.objects.create(slug="hemmelig", name="Hemmelig tema")
    group = recipes.group(centre, theme=theme, gender="women", newcomers="ask")
    seat = recipes.seat(group)
    asking.ask(group, actor=None)
    message = Message.objects.get()
    path = reverse("groups:answer", args=[token_of(seat)])

    shown = client.get(path).content.decode()

    title = shown.split("<title>")[1].split("</title>")[0]
    assert "Hemmelig tema" in shown
    assert "Kvinner" in shown
    for told in (title, message.subject, message.text, message.link_path):
        assert "hemmelig" not in told.lower()


def test_other_time_opens_their_own_week_without_the_time_that_does_not_suit(
    client: Client, centre: Centre
) -> None:
    group = recipes.group(centre)
    week = ["tue-evening", "thu-evening"]
    seat = recipes.seat(group, recipes.waiting(centre, availability=week))
    asking.ask(group, actor=None)

    shown = client.get(reverse("groups:answer", args=[token_of(seat)]))

    form = shown.context["forms"]["other_time"]
    assert form["availability"].value() == ["thu-evening"]


def token_of(seat: Any) -> str:
    link = seat.registration.participant.links.live().get(purpose="answer")
    return token_for(link.seed)
