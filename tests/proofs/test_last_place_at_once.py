"""Fifty at once add fifty people to the last place in a group: one has it, and 49 hear why not."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation

from centres.states import Role
from groups.domain.changed_meanwhile import ChangedMeanwhile
from groups.domain.errors import GroupFull
from groups.domain.forming.members import add_person
from groups.models import SelfHelpGroup
from participants.models import Registration
from tests import recipes
from tests.database import refused_by
from tests.participants.walk import hidden
from tests.running.login import log_in, with_password
from tests.running.product import running

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE, ROUNDS_OF_THE_PAGE = 50, 6
INSERT = """
insert into groups_seat (group_id, registration_id, state, proposed_at, end_reason, no_reason,
    shared_name, shares_phone, is_newcomer)
values (%s, %s, 'proposed', now(), '', '', '', false, false)
"""


@pytest.fixture
def group() -> SelfHelpGroup:
    """A group of four that has three."""
    group = recipes.group(recipes.centre(), min_size=2, max_size=4)
    for _seat in range(3):
        recipes.seat(group)
    return group


@pytest.fixture
def people(group: SelfHelpGroup) -> list[Registration]:
    return [recipes.waiting(group.centre) for _person in range(AT_ONCE)]


@contextmanager
def crowd() -> Iterator[Callable[[Callable[[int], Any]], list[Any]]]:
    """A function that calls another fifty times at the same moment, each on its own connection."""
    start = threading.Barrier(AT_ONCE)
    threads = ThreadPoolExecutor(AT_ONCE)

    def run(call: Callable[[int], Any], number: int) -> Any:
        start.wait()
        return call(number)

    def leave(number: int) -> None:
        start.wait()
        connection.close()

    yield lambda call: list(threads.map(lambda number: run(call, number), range(AT_ONCE)))
    list(threads.map(leave, range(AT_ONCE)))
    threads.shutdown()


@pytest.mark.parametrize(
    "rounds",
    [pytest.param(40, marks=pytest.mark.prove), pytest.param(200, marks=pytest.mark.chaos)],
)
def test_last_place_has_one_winner_in_each_round(
    group: SelfHelpGroup, people: list[Registration], rounds: int
) -> None:
    told: Counter[str] = Counter()
    refused_in_sql = 0

    def add(number: int) -> str:
        try:
            seat = add_person(group, people[number], actor=None)
        except GroupFull as full:
            return str(full.message)
        assert seat.registration_id == people[number].pk
        return "has the place"

    with crowd() as all_at_once:
        for number in range(rounds):
            answers = Counter(all_at_once(add))
            assert answers["has the place"] == 1, (number, answers)
            assert group.seats.live().count() == group.max_size
            told += answers
            late = next(who for who in people if not who.seats.live().exists())
            with refused_by("seat_within_max_size"), connection.cursor() as cursor:
                cursor.execute(INSERT, [group.pk, late.pk])
            refused_in_sql += 1
            group.seats.filter(registration__in=people).delete()

    print(f"\n{rounds} rounds of {AT_ONCE}: {dict(told)}, {refused_in_sql} refused in SQL")  # noqa: T201  the figures
    assert told == {
        "has the place": rounds,
        str(GroupFull.message): rounds * (AT_ONCE - 1),
    }


@pytest.mark.prove
def test_page_gives_the_last_place_to_one_and_answers_everybody(
    group: SelfHelpGroup, people: list[Registration]
) -> None:
    coordinator = with_password(recipes.staff(Role.COORDINATOR, group.centre))
    page = reverse("admin:groups_selfhelpgroup_change", args=[group.pk])
    path = reverse("admin:groups_selfhelpgroup_add_person", args=[group.pk])
    with translation.override("nb"):
        # Who comes second has a page from before: they hear that, or that the place is taken.
        clear = str(GroupFull.message), str(ChangedMeanwhile("").message).partition(":")[0]
    answers: Counter[tuple[int, bool]] = Counter()

    with running() as product, crowd() as all_at_once:
        desk = product.browser()
        log_in(desk, coordinator)

        def add(number: int) -> tuple[int, bool]:
            browser = product.browser()
            browser.cookies.update(desk.cookies)
            told = carried | {"registration": str(people[number].pk)}
            answer = browser.post(path, told)
            return answer.status_code, any(each in answer.content.decode() for each in clear)

        for number in range(ROUNDS_OF_THE_PAGE):
            carried = hidden(desk.get(page))
            answers += Counter(all_at_once(add))
            assert answers[302, False] == number + 1, answers
            assert group.seats.live().count() == group.max_size
            group.seats.filter(registration__in=people).delete()

    print(f"\n{ROUNDS_OF_THE_PAGE} rounds of {AT_ONCE} on the page: {dict(answers)}")  # noqa: T201
    assert answers == {
        (302, False): ROUNDS_OF_THE_PAGE,
        (200, True): ROUNDS_OF_THE_PAGE * (AT_ONCE - 1),
    }
