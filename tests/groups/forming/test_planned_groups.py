"""What a centre's page tells of groups before they start, and what it never tells."""

import re
from datetime import date, time

import pytest
from django.utils import timezone

from centres.domain.booking.weekly_times import take_slot
from centres.states import CentreStatus
from groups.domain.forming.planned import PlannedGroup, planned_groups
from groups.models import Seat
from groups.states import GroupEndReason, GroupGender, GroupRole, GroupState, SeatEndReason
from participants.models import Theme
from tests import recipes

pytestmark = pytest.mark.django_db

TUESDAY_EVENING = PlannedGroup("tue-evening", "physical")


def asked(group, people, **fields):
    """Seats of ``people`` who have been asked."""
    defaults = {
        "state": "asked",
        "asked_at": timezone.now(),
        "answer_by": date(2026, 12, 1),
    }
    return [recipes.seat(group, **(defaults | fields)) for _ in range(people)]


@pytest.fixture
def centre():
    return recipes.centre("link-tromso")


@pytest.mark.parametrize(("people", "told"), [(4, []), (5, [TUESDAY_EVENING])])
def test_group_is_told_of_when_enough_have_been_asked(centre, people, told):
    asked(recipes.group(centre), people)

    assert planned_groups(centre) == told


def test_people_who_have_not_been_asked_do_not_count(centre):
    group = recipes.group(centre)
    asked(group, 4)
    recipes.seat(group)

    assert planned_groups(centre) == []


def test_answers_neither_bring_the_line_nor_take_it_away(centre):
    seats = asked(recipes.group(centre), 5)
    told = [planned_groups(centre)]

    for seat in seats:
        Seat.objects.filter(pk=seat.pk).update(
            state="ended", ended_at=timezone.now(), end_reason=SeatEndReason.NO
        )
        told.append(planned_groups(centre))

    assert told == [[TUESDAY_EVENING]] * 6


@pytest.mark.parametrize(
    "fields",
    [
        {"state": GroupState.SETTLED},
        {"state": GroupState.SELF_RUN, "handed_over_on": date(2026, 11, 1)},
        {
            "state": GroupState.ENDED,
            "ended_on": date(2026, 11, 1),
            "end_reason": GroupEndReason.LET_GO,
            "slot": None,
        },
        {"slot": None},
    ],
    ids=["settled", "runs itself", "let go", "without a time"],
)
def test_only_groups_being_put_together_with_a_time_are_told_of(centre, fields):
    group = recipes.group(centre)
    asked(group, 5)
    type(group).objects.filter(pk=group.pk).update(**fields)

    assert planned_groups(centre) == []


def test_groups_of_another_centre_are_not_told_of(centre):
    asked(recipes.group(recipes.centre("link-oslo")), 5)

    assert planned_groups(centre) == []


def test_a_centre_that_is_gone_plans_nothing(centre):
    asked(recipes.group(centre), 5)
    centre.status = CentreStatus.CLOSED

    assert planned_groups(centre) == []


def test_several_groups_at_the_same_time_are_one_line(centre):
    for _ in range(2):
        asked(recipes.group(centre), 5)

    assert planned_groups(centre) == [TUESDAY_EVENING]


def test_lines_stand_in_the_order_of_the_week(centre):
    for weekday, starts, day in [(3, 10, 26), (1, 18, 24), (0, 18, 23)]:
        slot = take_slot(
            recipes.venue(centre),
            weekday=weekday,
            starts=time(starts),
            first_date=date(2026, 11, day),
            weeks=1,
        )
        asked(recipes.group(centre, slot=slot, first_date=date(2026, 11, day)), 5)

    found = [each.week_slot for each in planned_groups(centre)]

    assert found == ["mon-evening", "tue-evening", "thu-morning"]


def test_planned_groups_take_one_query(centre, django_assert_num_queries):
    for _ in range(3):
        asked(recipes.group(centre), 5)

    with django_assert_num_queries(1):
        planned_groups(centre)


def test_page_tells_part_of_the_week_and_format_and_nothing_else(client, centre):
    theme = Theme.objects.create(slug="sorg", name_nb="Kanarisorg", position=1)
    slot = take_slot(
        recipes.venue(centre, name="Kanarirommet"),
        weekday=1,
        starts=time(17, 45),
        first_date=date(2026, 12, 1),
        weeks=1,
    )
    group = recipes.group(
        centre,
        slot=slot,
        first_date=date(2026, 12, 1),
        name="Kanarigruppa",
        theme=theme,
        gender=GroupGender.WOMEN,
        role=GroupRole.KIN,
        language="en",
    )
    asked(group, 5, shared_name="Kanarinavn")

    html = client.get("/en/sentre/link-tromso/").content.decode()

    section = re.search(r'<section aria-labelledby="planned">.*?</section>', html, re.DOTALL)
    assert section is not None
    assert re.findall(r"<li>(.*?)</li>", section[0]) == ["Tuesday evening (in person)"]
    assert re.findall(r"\d", re.sub(r"<[^>]*>", "", section[0])) == []
    told = html.casefold()
    assert [
        word for word in ("kanari", "17.45", "17:45", "1. december", "women") if word in told
    ] == []
