"""What is missing, why somebody has no place, who waits longest: true when it is shown."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from centres.models import Centre
from centres.states import Role
from groups.domain.forming.match_runs import propose
from groups.domain.waiting.questions import ask_one_question
from groups.models import Question
from groups.states import Answer
from groups.statistics.longest_waits import those_who_wish
from participants.models import KeepApart, Registration, Theme
from tests import recipes

pytestmark = pytest.mark.django_db

MISSING_QUERIES, WHY_QUERIES, FAIRNESS_QUERIES = 21, 22, 10
WEDNESDAY = "slot:wed-evening"


@pytest.fixture
def house(centre: Centre) -> Centre:
    recipes.venue(centre, name="Stua")
    recipes.initiator(centre, availability=["wed-evening", "tue-evening"])
    return centre


@pytest.fixture
def desk(client: Client, house: Centre) -> Client:
    client.force_login(recipes.staff(Role.COORDINATOR, house))
    return client


def three_and_one(centre: Centre) -> tuple[list[Registration], Registration]:
    """Three who can on Wednesdays, and one who is like them but for that."""
    return (
        [recipes.waiting(centre, availability=["wed-evening"]) for _number in range(3)],
        recipes.waiting(centre, {"name": "Kari Ås"}, availability=["mon-morning"]),
    )


def page(desk: Client, name: str, *args: int, **query: object):
    address = reverse(f"admin:groups_matchrun_{name}", args=args)
    return desk.get(address, query)


def test_nearly_possible_group_says_what_it_lacks_and_whom_to_ask(desk, house) -> None:
    three, other = three_and_one(house)

    shown = page(desk, "missing").context["page"]

    group = shown.nearly[0]
    assert (group.when, group.lacks, group.places) == (
        "onsdag kveld",
        ("1 person til",),
        4,
    )
    assert list(group.people) == three
    assert [(one.registration, one.about) for one in group.askable] == [(other, WEDNESDAY)]


def test_asked_and_answered_the_group_is_proposed(desk, house) -> None:
    _three, other = three_and_one(house)

    desk.post(reverse("admin:groups_matchrun_ask"), {"ask": f"{other.pk} {WEDNESDAY}"})
    question = Question.objects.get()
    waiting = page(desk, "missing")
    desk.post(reverse("admin:groups_matchrun_heard", args=[question.pk, "yes"]))
    run = propose([house], actor=None)

    assert list(waiting.context["page"].open_questions) == [question]
    assert not waiting.context["page"].nearly[0].askable[0].can_be_asked
    assert "Kari" in waiting.content.decode()
    other.refresh_from_db()
    assert other.availability == ["mon-morning", "wed-evening"]
    assert [len(group["members"]) for group in run.result["groups"]] == [4]


def test_who_said_no_is_not_asked_again(desk, house) -> None:
    _three, other = three_and_one(house)
    question = ask_one_question(other, WEDNESDAY, actor=None)

    desk.post(reverse("admin:groups_matchrun_heard", args=[question.pk, "no"]))
    [one] = page(desk, "missing").context["page"].nearly[0].askable

    assert one.said_no
    assert not one.can_be_asked
    assert Question.objects.get().answer == Answer.NO


def test_initiator_who_is_lacking_is_said(desk, house) -> None:
    for _number in range(4):
        recipes.waiting(house, availability=["fri-morning"])

    shown = page(desk, "missing").context["page"]

    assert shown.nearly[0].lacks == ("enda en igangsetter fredag formiddag",)
    assert shown.gains == ("Med enda en igangsetter fredag formiddag kan 4 personer til få plass.",)


def test_people_in_proposals_that_hold_are_not_missing_a_group(desk, house) -> None:
    for _number in range(4):
        recipes.waiting(house)
    propose([house], actor=None)

    assert page(desk, "missing").context["page"].nearly == ()


def test_why_not_says_the_smallest_change_and_lets_staff_ask(desk, house) -> None:
    _three, other = three_and_one(house)

    shown = page(desk, "why", other.pk)
    desk.post(
        reverse("admin:groups_matchrun_ask"),
        {"ask": f"{other.pk} {WEDNESDAY}", "back": "why"},
    )

    why = shown.context["page"]
    assert [str(reason) for reason in why.reasons] == [
        "For få andre som vil det samme, kan møtes på samme tid."
    ]
    assert why.helps[0].words == "onsdag kveld: 3 andre"
    assert Question.objects.get().about == WEDNESDAY


def test_why_not_never_tells_of_a_pair_kept_apart(desk, house) -> None:
    three, other = three_and_one(house)
    other.availability = ["wed-evening"]
    other.save()
    first, second = sorted([three[0].participant, other.participant], key=lambda one: one.pk)
    KeepApart.objects.create(first=first, second=second)

    shown = page(desk, "why", other.pk)

    text = shown.content.decode()
    assert "ikke mange nok som passer i samme gruppe" in text
    assert not any(row.participant.reference in text for row in three)


def test_who_has_a_place_or_has_paused_has_no_why(desk, house) -> None:
    paused = recipes.waiting(house, paused_until=timezone.localdate() + timedelta(days=9))
    placed = recipes.seat(recipes.group(house)).registration

    for one in (paused, placed):
        assert page(desk, "why", one.pk).context["page"] is None


def test_each_bar_leads_to_exactly_its_people(desk, house) -> None:
    theme = Theme.objects.create(slug="sorg", name="Sorg")
    three, other = three_and_one(house)
    three[0].themes.add(theme)
    three[1].any_theme = False
    three[1].save()
    elsewhere = recipes.waiting(recipes.centre(), availability=["wed-evening"])

    shown = page(desk, "fairness").context["page"]
    listing = reverse("admin:participants_registration_changelist")

    assert shown.people == 4
    for chart in shown.charts:
        for bar in chart.bars:
            rows = desk.get(listing, {"view": "waiting", "wish": bar.wish}).context["cl"]
            assert rows.result_count == bar.people, bar.wish
    assert elsewhere not in those_who_wish(Registration.objects.all(), f"{house.pk}:{WEDNESDAY}")
    assert other.pk in [row.pk for row, _days in shown.longest]


@pytest.mark.parametrize("wish", ["", "x", "1:slot", "1:slot:nowhere", "9999:theme:any", "²:a:b"])
def test_wish_that_there_is_not_shows_nobody(desk, house, wish: str) -> None:
    recipes.waiting(house)

    answer = desk.get(
        reverse("admin:participants_registration_changelist"), {"view": "waiting", "wish": wish}
    )

    assert answer.context["cl"].result_count == (0 if wish else 1)


def test_pages_of_another_centre_are_missing(desk, house) -> None:
    foreign = recipes.waiting(recipes.centre(), {"name": "Kanarifugl"})
    question = ask_one_question(foreign, WEDNESDAY, actor=None)

    assert page(desk, "missing", centre=foreign.participant.centre_id).status_code == 404
    assert page(desk, "fairness", centre=foreign.participant.centre_id).status_code == 404
    assert page(desk, "missing", centre="²").status_code == 404
    assert page(desk, "why", foreign.pk).status_code == 404
    for answer in ("yes", "perhaps"):
        heard = reverse("admin:groups_matchrun_heard", args=[question.pk, answer])
        assert desk.post(heard).status_code == 404
    for ask in (f"{foreign.pk} kind:social", "x", "1 topic:sorg", "² slot:mon-morning"):
        answer = desk.post(reverse("admin:groups_matchrun_ask"), {"ask": ask})
        assert answer.status_code == 404
    assert Question.objects.get().is_open


def test_asking_nobody_says_so(desk, house) -> None:
    answer = desk.post(reverse("admin:groups_matchrun_ask"), {"centre": house.pk}, follow=True)

    assert "Kryss av for dem du vil spørre." in answer.content.decode()


@pytest.mark.parametrize("times", [1, 3])
def test_pages_ask_the_database_as_often_however_many_wait(
    desk, house, times: int, django_assert_num_queries
) -> None:
    for _number in range(times):
        _three, other = three_and_one(house)
    page(desk, "missing")

    with django_assert_num_queries(MISSING_QUERIES):
        page(desk, "missing")
    with django_assert_num_queries(WHY_QUERIES):
        page(desk, "why", other.pk)
    with django_assert_num_queries(FAIRNESS_QUERIES):
        page(desk, "fairness")
