"""A run of the matcher as staff see it, and the way from a proposal to a group."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from time_machine import travel

from centres.models import Centre
from centres.states import Role
from groups import matching
from groups.domain.forming.match_runs import carry_out, propose
from groups.models import MatchRun, SelfHelpGroup
from groups.proposals.run_page import run_page
from groups.proposals.wording import REASONS, week_rows
from linkcenter.models import User
from participants.domain.registration.closing import close
from participants.models import Registration, Theme
from participants.states import CloseReason
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 9, 9, tzinfo=UTC)
PAGE_QUERIES = 22


@pytest.fixture(autouse=True)
def in_english_at_nine() -> Any:
    with travel(NOW, tick=False), translation.override("en"):
        yield


@pytest.fixture
def centre() -> Centre:
    centre = recipes.centre(age_span=15)
    recipes.venue(centre, name="Stua")
    recipes.initiator(centre, name="Ingunn")
    return centre


@pytest.fixture
def coordinator(centre: Centre) -> User:
    return recipes.staff(Role.COORDINATOR, centre)


@pytest.fixture
def staff(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def four(
    centre: Centre, *, years: tuple[int, ...] = (1980, 1981, 1982, 1983)
) -> list[Registration]:
    return [
        recipes.waiting(centre, {"name": f"Kari{year} Ås", "birth_year": year}) for year in years
    ]


def test_card_shows_members_time_place_and_initiator(centre: Centre) -> None:
    waiting = four(centre)

    page = run_page(propose([centre], actor=None))

    [card] = page.cards
    assert page.summary == ("4 of 4 who wait can have a place, with these rooms and initiators.")
    assert [member.pk for member in card.members] == [one.pk for one in waiting]
    assert [member.first_name for member in card.members] == [
        "Kari1980",
        "Kari1981",
        "Kari1982",
        "Kari1983",
    ]
    assert [member.age for member in card.members] == [46, 45, 44, 43]
    assert {member.days_waited for member in card.members} == {281}
    assert (card.when, card.where, card.initiator) == ("Tuesday evening", "Stua", "Ingunn")
    assert card.reasons[0] == "All 4 can meet on Tuesday evening."
    assert "Ages 43 to 46." in card.reasons
    assert card.warnings == ()


def test_wide_ages_are_warned_of_and_not_refused(centre: Centre) -> None:
    four(centre, years=(1950, 1981, 1982, 2000))

    [card] = run_page(propose([centre], actor=None)).cards

    assert card.warnings == (
        "Ages 26 to 76: 50 years between them. The centre would like at most 15.",
    )


def test_person_without_a_place_gets_the_reason_and_the_nearest_miss(centre: Centre) -> None:
    Theme.objects.create(slug="sorg", name="Sorg")
    for one in four(centre)[:3]:
        one.availability = ["mon-evening"]
        one.save()
    recipes.initiator(centre, availability=["mon-evening"])

    page = run_page(propose([centre], actor=None))

    assert page.cards == ()
    assert [one.nearest for one in page.not_placed] == [
        "Needs 1 more on Monday evening.",
        "Needs 1 more on Monday evening.",
        "Needs 1 more on Monday evening.",
        "Needs 3 more on Tuesday evening.",
    ]
    assert all(one.reasons for one in page.not_placed)


def test_every_reason_of_the_matcher_has_its_words() -> None:
    assert set(REASONS) == set(matching.REASONS)


def test_proposal_is_outdated_once_somebody_has_left(staff: Client, centre: Centre) -> None:
    waiting = four(centre)
    run = propose([centre], actor=None)
    close(waiting[0], reason=CloseReason.WITHDRAWN)

    [card] = run_page(run).cards
    answer = staff.post(reverse("admin:groups_matchrun_accept", args=[run.pk, 0]))

    assert card.is_outdated
    assert answer.status_code == 302
    assert SelfHelpGroup.objects.count() == 0


@pytest.mark.parametrize("gone", ["initiators", "venues"])
def test_proposal_is_outdated_once_room_or_initiator_is_gone(
    staff: Client, centre: Centre, gone: str
) -> None:
    four(centre)
    run = propose([centre], actor=None)
    getattr(centre, gone).all().delete()

    page = staff.get(reverse("admin:groups_matchrun_change", args=[run.pk]))
    answer = staff.post(reverse("admin:groups_matchrun_accept", args=[run.pk, 0]))

    assert page.context["page"].cards[0].is_outdated
    assert answer.status_code == 302
    assert SelfHelpGroup.objects.count() == 0


def test_accepted_proposal_becomes_one_group(staff: Client, centre: Centre) -> None:
    four(centre)
    run = propose([centre], actor=None)
    accept = reverse("admin:groups_matchrun_accept", args=[run.pk, 0])

    first = staff.post(accept)
    staff.post(accept)

    group = SelfHelpGroup.objects.get()
    [card] = run_page(run).cards
    assert first.headers["Location"] == reverse(
        "admin:groups_selfhelpgroup_change", args=[group.pk]
    )
    assert card.group == group


def test_proposal_that_is_not_there_is_missing(staff: Client, centre: Centre) -> None:
    run = propose([centre], actor=None)

    for number in (0, 7, 10**30):
        answer = staff.post(reverse("admin:groups_matchrun_accept", args=[run.pk, number]))
        assert answer.status_code == 404


@pytest.mark.parametrize("text", ["", "x", "²", "9" * 40, "-1"])
def test_proposals_for_no_centre_are_missing(staff: Client, text: str) -> None:
    answer = staff.post(reverse("admin:groups_matchrun_propose"), {"centre": text})

    assert answer.status_code == 404
    assert MatchRun.objects.count() == 0


def test_asking_leads_to_the_page_with_the_proposals(staff: Client, centre: Centre) -> None:
    four(centre)

    answer = staff.post(reverse("admin:groups_matchrun_propose"), {"centre": centre.pk})
    run = MatchRun.objects.get()
    before = staff.get(answer.headers["Location"])
    carry_out(run.pk)
    page = staff.get(answer.headers["Location"])

    assert run.centre == centre
    assert "venter på tur" in before.content.decode()
    assert before.headers["Refresh"] == "2"
    assert len(page.context["page"].cards) == 1
    assert "Refresh" not in page.headers


@pytest.mark.parametrize("times", [1, 3])
def test_page_asks_the_database_as_often_however_many_proposals(
    staff: Client,
    centre: Centre,
    times: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _number in range(times):
        four(centre)
        recipes.venue(centre)
        recipes.initiator(centre)
    run = propose([centre], actor=None)
    address = reverse("admin:groups_matchrun_change", args=[run.pk])
    staff.get(address)

    with django_assert_num_queries(PAGE_QUERIES):
        page = staff.get(address)

    assert len(page.context["page"].cards) >= min(times, 2)


def test_run_keeps_no_name(centre: Centre) -> None:
    four(centre)

    run = propose([centre], actor=None)

    assert "Kari" not in f"{run.problem}{run.result}"


@pytest.mark.parametrize(
    ("number", "level"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4)]
)
def test_colour_of_a_cell_follows_how_many_can_meet(number: int, level: int) -> None:
    rows = week_rows({"tue-evening": number}, most=6)

    assert rows[1].cells[2] == (number, level)
    assert rows[0].cells == ((0, 0), (0, 0), (0, 0))
