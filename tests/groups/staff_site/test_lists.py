"""The lists of the workplace: what they say, and that many rows cost no more queries than one."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from time_machine import travel

from centres.models import Centre
from centres.states import Role
from groups.domain.forming.match_runs import propose
from groups.states import GroupState
from linkcenter.messages.outbox import queue
from participants.models import KeepApart
from participants.states import RegistrationState, TalkKind, TalkOutcome
from tests import recipes
from tests.groups.meeting_group import member, running_group

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
QUERIES = {
    "participants_registration": 10,
    "groups_selfhelpgroup": 7,
    "groups_matchrun": 8,
    "groups_initiator": 7,
    "groups_followup": 7,
    "groups_planstep": 7,
    "linkcenter_message": 9,
    "participants_keepapart": 8,
}


@pytest.fixture
def centre() -> Centre:
    return recipes.centre()


@pytest.fixture
def staff(client: Client, centre: Centre) -> Client:
    with travel(NOW):
        client.force_login(recipes.staff(Role.COORDINATOR, centre))
    return client


def fill(centre: Centre) -> None:
    """A row or more for each list."""
    seat = recipes.seat(recipes.group(centre))
    person = recipes.waiting(centre).participant
    KeepApart.objects.create(first=seat.registration.participant, second=person)
    recipes.initiator(centre)
    step = centre.plan_steps.create(
        what="talk", counted_in="weeks", number=centre.plan_steps.count()
    )
    seat.group.follow_ups.create(step=step, what="talk", due=NOW.date())
    propose([centre], actor=None, now=NOW)
    queue(
        person,
        matter="test",
        kind="receipt",
        channel="call",
        to="+4741234567",
        language="nb",
        subject="Hei",
        text="Hei",
    )


@travel(NOW, tick=False)
@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("name", list(QUERIES))
def test_list_asks_the_database_as_often_however_many_rows(
    staff: Client,
    centre: Centre,
    name: str,
    times: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _number in range(times):
        fill(centre)
    address = reverse(f"admin:{name}_changelist")
    staff.get(address)

    with django_assert_num_queries(QUERIES[name]):
        page = staff.get(address)

    assert page.context["cl"].result_count >= times


def words_of(staff: Client, registration: object) -> str:
    """What the list of people says of the state of its one row."""
    page = staff.get(reverse("admin:participants_registration_changelist"))
    changelist = page.context["cl"]
    [row] = changelist.result_list
    assert row == registration
    with translation.override("en"):
        return str(changelist.model_admin.state_words(row))


@travel(NOW, tick=False)
def test_state_of_a_person_follows_from_what_has_happened(staff: Client, centre: Centre) -> None:
    registration = recipes.registration(recipes.participant(centre))
    by = recipes.staff(Role.COORDINATOR, centre)

    assert words_of(staff, registration) == "new"
    registration.talks.create(kind=TalkKind.TRIED, outcome=TalkOutcome.NO_ANSWER, by=by)
    assert words_of(staff, registration) == "in contact"
    registration.state = RegistrationState.WAITING
    registration.paused_until = date(2026, 12, 24)
    registration.save()
    assert words_of(staff, registration) == "paused until 12/24/2026"
    registration.paused_until = None
    registration.save()
    assert words_of(staff, registration) == "waiting"
    group = recipes.group(centre)
    seat = recipes.seat(group, registration)
    assert words_of(staff, registration) == "in a group to ask"
    group.state = GroupState.SETTLED
    group.save()
    seat.state, seat.asked_at, seat.answered_at = "yes", NOW, NOW
    seat.answer_by = date(2026, 12, 1)
    seat.save()
    assert words_of(staff, registration) == "has a place"


def test_list_counts_those_who_are_forgotten_and_asks_no_answers_of_a_group_that_meets(
    staff: Client, centre: Centre
) -> None:
    forming = recipes.group(centre)
    member(forming)
    runs_itself = running_group(centre, members=1, unnamed_members=4)

    page = staff.get(reverse("admin:groups_selfhelpgroup_changelist"))

    rows = {group.pk: group for group in page.context["cl"].result_list}
    told = page.context["cl"].model_admin
    with translation.override("nb"):
        said_yes = [told.said_yes(rows[each.pk]) for each in (forming, runs_itself)]
    assert said_yes == ["1 av 4", None]
    assert [told.members(rows[each.pk]) for each in (forming, runs_itself)] == [1, 5]


def test_page_of_a_group_counts_those_whom_the_centre_has_forgotten(
    staff: Client, centre: Centre
) -> None:
    group = running_group(centre, members=0, unnamed_members=4)

    page = staff.get(reverse("admin:groups_selfhelpgroup_change", args=[group.pk])).text

    assert "4 personer som senteret ikke kjenner" in page
    assert "Ingen er i gruppa" not in page


@pytest.mark.parametrize(
    ("name", "tabs", "more_tabs"),
    [("participants_registration", 8, 10), ("groups_selfhelpgroup", 9, 9)],
)
def test_rare_views_are_folded_away_but_the_one_that_is_open(
    staff: Client, name: str, tabs: int, more_tabs: int
) -> None:
    address = reverse(f"admin:{name}_changelist")

    page = staff.get(address)
    folded = [query for _title, query, _is_current in page.context["more_tabs"]]
    assert (len(page.context["tabs"]), len(folded)) == (tabs, more_tabs)
    assert "Flere</summary>" in page.text

    for query in folded:
        context = staff.get(address + query).context
        assert [each for _title, each, is_current in context["tabs"] if is_current] == [query]
        rest = [each for _title, each, _is_current in context["more_tabs"]]
        assert rest == [each for each in folded if each != query]


@travel(NOW, tick=False)
def test_each_named_view_opens_with_its_sentence(staff: Client, centre: Centre) -> None:
    fill(centre)

    for name in ("participants_registration", "groups_selfhelpgroup", "linkcenter_message"):
        address = reverse(f"admin:{name}_changelist")
        context = staff.get(address).context
        for _title, query, _is_current in [*context["tabs"], *context["more_tabs"]]:
            page = staff.get(f"{address}{query}")
            assert page.status_code == 200
            assert str(page.context["view_help"]) in page.content.decode()


def test_unknown_view_shows_all(staff: Client, centre: Centre) -> None:
    recipes.waiting(centre)

    page = staff.get(reverse("admin:participants_registration_changelist"), {"view": "x"})

    assert page.status_code in (200, 302)


def test_filters_that_are_on_can_each_be_taken_away(staff: Client, centre: Centre) -> None:
    recipes.waiting(centre)
    address = reverse("admin:participants_registration_changelist")

    page = staff.get(address, {"view": "waiting", "format__exact": "digital", "waited": "3"})

    first, second = page.context["cl"].filters_on
    assert first.without == "?format__exact=digital&view=waiting"
    assert second.without == "?view=waiting&waited=3"
    assert page.context["cl"].without_filters == "?view=waiting"
    assert f'href="{first.without}"'.replace("&", "&amp;") in page.content.decode()
    assert not page.context["cl"].result_count


def test_another_tab_keeps_the_filters_but_not_the_search(staff: Client, centre: Centre) -> None:
    page = staff.get(
        reverse("admin:participants_registration_changelist"), {"q": "D-1", "role__exact": "kin"}
    )

    assert {query.partition("?")[2] for _title, query, _now in page.context["tabs"]} >= {
        "view=new&role__exact=kin",
        "role__exact=kin",
    }


def test_page_of_a_row_leads_back_to_the_list_as_it_was(staff: Client, centre: Centre) -> None:
    registration = recipes.waiting(centre)
    people = reverse("admin:participants_registration_changelist")
    page_of_row = reverse("admin:participants_registration_change", args=[registration.pk])
    staff.get(people, {"view": "waiting", "role__exact": "own"})

    by_memory = staff.get(page_of_row).context
    by_address = staff.get(page_of_row, {"_changelist_filters": "view=closed"}).context

    assert by_memory["list_address"] == f"{people}?view=waiting&role__exact=own"
    assert by_address["list_address"] == f"{people}?view=closed"
    assert by_memory["list_title"] != by_address["list_title"]


def test_another_session_is_not_led_to_a_list_of_the_one_before(
    staff: Client, centre: Centre
) -> None:
    groups = reverse("admin:groups_selfhelpgroup_changelist")
    group = recipes.group(centre)
    staff.get(groups, {"view": "ask"})
    remembered = staff.cookies["lists"]

    staff.force_login(recipes.staff(Role.COORDINATOR, centre))
    staff.cookies["lists"] = remembered

    page = staff.get(reverse("admin:groups_selfhelpgroup_change", args=[group.pk]))
    assert page.context["list_address"] == groups


def test_list_counts_no_further_than_anybody_would_read(
    staff: Client, centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _number in range(4):
        recipes.waiting(centre)
    monkeypatch.setattr("linkcenter.admin.lists.MOST", 3)
    address = reverse("admin:participants_registration_changelist")

    page = staff.get(address, {"o": "6"})

    assert page.context["cl"].has_more
    assert page.context["cl"].result_count == 3
    assert page.context["cl"].is_too_long_to_sort
    assert not staff.get(address, {"o": "1"}).context["cl"].is_too_long_to_sort
    assert not staff.get(address, {"view": "new"}).context["cl"].has_more
