"""What a person's own page tells of groups: the place they have, or what they wait for."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from time_machine import travel

from groups.domain.asking import answering, asking
from groups.domain.lifecycle import settling
from groups.domain.waiting.prospects import InTheWay, WaitBand, in_the_way, wait_band
from groups.states import GroupState, SeatEndReason, SeatState
from participants.models import KeepApart, Registration, Theme
from tests import recipes
from tests.participants import own

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)
TODAY = date(2026, 11, 9)
EVENING = ["tue-evening"]
QUERIES = 12


@pytest.fixture(autouse=True)
def at_noon():
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def centre():
    return recipes.centre(min_to_start=2)


@pytest.fixture
def kari(centre):
    return recipes.waiting(centre, {"name": "Kari"})


def page(client, registration):
    return own.enter(client, registration.participant).content.decode()


# The place


def test_what_staff_only_think_of_is_not_told(client, centre, kari):
    recipes.seat(recipes.group(centre), kari)

    assert "Du står på lista" in page(client, kari)


def test_who_is_asked_can_answer_from_the_page(client, centre, kari):
    group = recipes.group(centre)
    recipes.seat(group, kari)
    asking.ask(group, actor=None)

    shown = page(client, kari)

    path = shown.split('href="/svar/')[1].split('"')[0]
    answer = client.get(f"/svar/{path}")
    assert "Vi har spurt deg om en gruppe" in shown
    assert answer.context["seat"].registration == kari


def test_who_has_said_yes_and_who_has_a_place_is_told(client, centre, kari):
    group = recipes.group(centre, min_size=2)
    seats = [recipes.seat(group, kari), recipes.seat(group)]
    asking.ask(group, actor=None)
    for seat in seats:
        answering.say_yes(seat, actor=None)
    said_yes = page(client, kari)

    settling.settle(group, first_date=group.first_date, actor=None)

    settled = page(client, kari)
    assert "Du har sagt ja til en gruppe" in said_yes
    assert "Du har plass i en gruppe" in settled
    assert "24. november 2026" in settled
    assert seats[1].registration.participant.name not in said_yes + settled


def test_break_warns_whoever_gives_up_a_place(client, centre, kari):
    group = recipes.group(centre)
    recipes.seat(group, kari)
    own.enter(client, kari.participant)
    before = client.get("/min-side/pause/").content.decode()

    asking.ask(group, actor=None)

    for path in ("/min-side/pause/", "/min-side/stopp/"):
        assert "Den gir du fra deg nå" in client.get(path).content.decode()
    assert "Den gir du fra deg nå" not in before


# How long it has taken others


def started(centre: Any, weeks: int, *, on: date = date(2026, 6, 2), **seat: Any) -> None:
    """Somebody whose group began on ``on``, after so many weeks."""
    group = recipes.group(centre, slot=None, state=GroupState.ENDED, started_on=on, **ENDED)
    registered = datetime.combine(on, time(12), UTC) - timedelta(weeks=weeks)
    gone = {
        "state": SeatState.ENDED,
        "end_reason": SeatEndReason.LEFT,
        "ended_at": datetime(2026, 9, 1, 12, tzinfo=UTC),
    }
    recipes.seat(group, recipes.waiting(centre, registered_at=registered), **(gone | seat))


ENDED = {"ended_on": date(2026, 9, 1), "end_reason": "finished"}


def test_wait_is_told_of_ten_or_more(centre):
    for weeks in range(4, 13):
        started(centre, weeks)
    of_nine = wait_band(centre, today=TODAY)

    started(centre, 13)

    assert of_nine is None
    assert wait_band(centre, today=TODAY) == WaitBand(shortest=6, middle=8, longest=11)


def test_wait_counts_those_who_came_here_lately(centre):
    for weeks in range(4, 13):
        started(centre, weeks)
    started(recipes.centre(), 5)
    started(centre, 5, on=date(2024, 10, 1))
    started(centre, 5, end_reason=SeatEndReason.NO)
    started(centre, 5, ended_at=datetime(2026, 5, 30, 12, tzinfo=UTC))

    assert wait_band(centre, today=TODAY) is None


def test_page_tells_the_wait_kindly_or_says_that_it_cannot(client, centre, kari):
    without = page(client, kari)
    for weeks in range(4, 14):
        started(centre, weeks)

    with_band = page(client, kari)

    assert "Vi kan ikke si hvor lang tid det tar" in without
    assert "mellom 6 og 11 uker" in with_band


# What stands in the way


def others(centre, times, number, *, person=None, **fields):
    for _one in range(number):
        recipes.waiting(centre, person, availability=times, **fields)


def way(kari):
    return in_the_way(kari, today=TODAY)


def test_few_are_never_counted(client, centre, kari):
    pages = set()
    for _number in range(5):
        pages.add((way(kari), page(client, kari)))
        others(centre, EVENING, 1)

    assert {found for found, _page in pages} == {InTheWay(False, ())}
    assert "Få andre som venter" in next(iter(pages))[1]
    assert way(kari) == InTheWay(True, ())


def test_times_that_some_others_can_are_suggested(client, centre, kari):
    others(centre, ["mon-morning", "wed-morning", "fri-evening"], 5)
    others(centre, ["wed-morning"], 1)
    others(centre, ["sun-evening"], 4)

    assert way(kari) == InTheWay(False, ("wed-morning", "mon-morning"))
    shown = page(client, kari)
    assert "Onsdag formiddag" in shown
    assert not [n for n in "456" if f"{n} andre" in shown]


@pytest.mark.parametrize(
    ("mine", "theirs", "fits"),
    [
        ({}, {}, True),
        ({"format": "physical"}, {"format": "digital"}, False),
        ({"format": "physical"}, {"format": "either"}, True),
        ({"kind": "social"}, {"kind": "self_help"}, False),
        ({"kind": "either"}, {"kind": "self_help"}, True),
        ({}, {"role": "kin"}, False),
        ({}, {"languages": ["en"]}, False),
        ({"languages": ["no", "en"]}, {"languages": ["en"]}, True),
        ({"gender_wish": "women"}, {}, False),
        ({}, {"gender_wish": "women"}, False),
        ({"any_theme": False}, {}, False),
        ({}, {"any_theme": False}, False),
    ],
)
def test_others_fit_as_the_matcher_has_it(centre, mine, theirs, fits):
    kari = recipes.waiting(centre, **mine)
    others(centre, EVENING, 5, **theirs)

    assert way(kari).some_at_own_times is fits


@pytest.mark.parametrize(
    ("mine", "theirs", "wish", "their_wish", "fits"),
    [
        (1980, 1975, True, False, True),
        (1980, 1950, True, False, False),
        (1980, 1950, False, True, False),
        (1980, 1975, False, True, True),
        (None, 1950, True, False, True),
        (1980, None, True, False, False),
        (1980, None, False, True, True),
    ],
)
def test_age_counts_where_somebody_wishes_so(centre, mine, theirs, wish, their_wish, fits):
    kari = recipes.waiting(centre, {"birth_year": mine}, age_near_mine=wish)
    others(centre, EVENING, 5, person={"birth_year": theirs}, age_near_mine=their_wish)

    assert way(kari).some_at_own_times is fits


@pytest.mark.parametrize(
    ("mine", "theirs", "wish", "their_wish", "fits"),
    [
        ("woman", "woman", "women", "any", True),
        ("woman", "woman", "any", "women", True),
        ("woman", "man", "women", "any", False),
        ("man", "woman", "any", "women", False),
        ("woman", "woman", "women", "women", True),
    ],
)
def test_women_alone_and_men_alone(centre, mine, theirs, wish, their_wish, fits):
    kari = recipes.waiting(centre, {"gender": mine}, gender_wish=wish)
    others(centre, EVENING, 5, person={"gender": theirs}, gender_wish=their_wish)

    assert way(kari).some_at_own_times is fits


def test_shared_theme_brings_people_together(centre):
    theme = Theme.objects.create(slug="sorg", name="Sorg")
    kari = recipes.waiting(centre, any_theme=False)
    kari.themes.add(theme)
    for _one in range(5):
        recipes.waiting(centre, availability=EVENING, any_theme=False).themes.add(theme)

    assert way(kari).some_at_own_times


@pytest.mark.parametrize(
    ("mine", "theirs", "some_if", "shown"),
    [
        ({"kind": "social"}, {"kind": "self_help"}, "self_help", "i en annen type gruppe"),
        ({"format": "physical"}, {"format": "digital"}, "digital", "på video når du kan"),
        ({"format": "digital"}, {"format": "physical"}, "physical", "ansikt til ansikt når du kan"),
        ({"kind": "social", "format": "physical"}, {"kind": "self_help", "format": "digital"},
         "", "Få andre som venter"),
    ],
)  # fmt: skip
def test_other_kind_or_format_is_suggested_where_no_time_helps(
    client, centre, mine, theirs, some_if, shown
):
    kari = recipes.waiting(centre, **mine)
    others(centre, EVENING, 4, **theirs)
    of_few = way(kari)

    others(centre, EVENING, 1, **theirs)

    assert of_few == InTheWay(False, ())
    assert way(kari) == InTheWay(False, (), some_if)
    assert shown in page(client, kari)


def test_further_part_of_the_week_goes_before_another_format(centre):
    kari = recipes.waiting(centre, format="physical")
    others(centre, EVENING, 5, format="digital")
    others(centre, ["wed-morning"], 5, format="either")

    assert way(kari) == InTheWay(False, ("wed-morning",))


def test_pair_to_be_kept_apart_changes_nothing(client, centre, kari):
    others(centre, ["wed-morning"], 5)
    before = page(client, kari)

    for other in centre.participants.exclude(pk=kari.participant_id):
        KeepApart.objects.create(first=kari.participant, second=other)

    assert way(kari) == InTheWay(False, ("wed-morning",))
    assert page(client, kari).split("<form")[0] == before.split("<form")[0]


def test_what_is_said_is_counted_anew_each_time(centre, kari):
    others(centre, EVENING, 5)
    before = way(kari)

    other = Registration.objects.waiting(TODAY).exclude(pk=kari.pk)[0]
    recipes.seat(recipes.group(centre), other)

    assert before.some_at_own_times
    assert way(kari) == InTheWay(False, ())


def test_who_has_a_place_and_who_is_elsewhere_does_not_count(centre, kari):
    others(recipes.centre(), EVENING, 9)
    others(centre, EVENING, 9, paused_until=date(2027, 1, 1))
    group = recipes.group(centre)
    for _one in range(5):
        recipes.seat(group)

    assert way(kari) == InTheWay(False, ())


def test_page_asks_the_database_the_same_however_many_wait(
    client, centre, kari, django_assert_num_queries
):
    own.enter(client, kari.participant)
    with django_assert_num_queries(QUERIES):
        client.get(own.PAGE)

    others(centre, EVENING, 20)

    with django_assert_num_queries(QUERIES):
        client.get(own.PAGE)
