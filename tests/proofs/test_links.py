"""Personal links, whatever happens to them in whatever order: never two successes, and no look
changes anything.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)
from time_machine import travel

from groups.domain.asking.asking import ask
from linkcenter.tokens import token_for
from participants.domain.person.links import find_link, issue_link, use_link
from participants.domain.registration.closing import withdraw
from participants.states import LinkPurpose
from tests import recipes
from tests.participants import own
from tests.proofs.rows import rows

NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)
LIFE = timedelta(minutes=20)
SCANNERS = (
    "Mozilla/5.0 (compatible; Microsoft Outlook SafeLinks)",
    "Barracuda Sentinel (EE)",
    "Mozilla/5.0 (compatible; GoogleImageProxy)",
    "Proofpoint URL Defense",
    "HeadlessChrome/130.0",
)
PURPOSES = [LinkPurpose.ENTER, LinkPurpose.ANSWER, LinkPurpose.UNDO]

pytestmark = pytest.mark.django_db


class Links(RuleBasedStateMachine):
    """Two people and their links. ``live`` is what ought to work: one token a person and purpose,
    until its time."""

    tokens = Bundle("tokens")

    @initialize()
    def begin(self) -> None:
        self.now = NOW
        self.people = [recipes.participant(recipes.centre()) for _each in range(2)]
        self.live: dict[tuple[int, str], tuple[str, datetime]] = {}
        self.successes: list[str] = []

    @rule(target=tokens, who=st.integers(0, 1), purpose=st.sampled_from(PURPOSES))
    def issue(self, who: int, purpose: LinkPurpose) -> tuple[str, LinkPurpose]:
        person, until = self.people[who], self.now + LIFE
        link = issue_link(person, purpose, expires_at=until, path=own.PATH, now=self.now)
        token = token_for(link.seed)
        self.live[person.pk, purpose] = token, until
        return token, purpose

    @rule(minutes=st.integers(1, 25))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(token=tokens, as_purpose=st.sampled_from([None, *PURPOSES]))
    def use(self, token: tuple[str, LinkPurpose], as_purpose: LinkPurpose | None) -> None:
        told, purpose = token
        link = find_link(told, as_purpose or purpose, now=self.now)
        wanted = self.works(told) and as_purpose in (None, purpose)
        assert (link is not None) == wanted
        if link is not None:
            assert use_link(link, now=self.now)
            assert not use_link(link, now=self.now)
            del self.live[link.participant_id, purpose]
            self.successes.append(told)
            assert len(self.successes) == len(set(self.successes))

    @rule(token=tokens)
    def use_a_page_that_was_open(self, token: tuple[str, LinkPurpose]) -> None:
        """Found while it worked, and pressed after the next one was issued."""
        told, purpose = token
        link = find_link(told, purpose, now=self.now)
        if link is not None:
            issue_link(
                link.participant, purpose, expires_at=self.now + LIFE, path=own.PATH, now=self.now
            )
            del self.live[link.participant_id, purpose]
            assert not use_link(link, now=self.now)

    @rule(text=st.text(max_size=60))
    def invent(self, text: str) -> None:
        assert find_link(text, *PURPOSES, now=self.now) is None

    @rule(token=tokens)
    def look(self, token: tuple[str, LinkPurpose]) -> None:
        before = rows()
        find_link(*token, now=self.now)
        assert rows() == before

    def works(self, token: str) -> bool:
        return any(told == token and self.now < until for told, until in self.live.values())


def tried(examples: int) -> None:
    run_state_machine_as_test(
        Links,
        settings=settings(
            max_examples=examples,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        ),
    )


def test_no_order_of_things_lets_a_link_work_twice() -> None:
    tried(5)


@pytest.mark.prove
def test_no_order_of_many_lets_a_link_work_twice() -> None:
    tried(100)


def ways(person: Any, registration: Any) -> dict[str, str]:
    """A live link of each purpose: asking changes nothing, pressing does."""
    group = recipes.group(person.centre)
    recipes.seat(group, registration)
    (seat,) = ask(group, actor=None)
    assert seat.message is not None
    answer = seat.message.link_path.format(token=token_for(seat.message.link_seed))
    return {
        "answer": answer,
        "enter": own.link_for(person),
        "address": own.link_for(person, LinkPurpose.ADDRESS, new_email="ny@example.org"),
        "undo": undo_of(recipes.waiting(person.centre)),
    }


def undo_of(registration: Any) -> str:
    withdraw(registration)
    message = registration.participant.messages.get(kind="withdrawn")
    return message.link_path.format(token=token_for(message.link_seed))


PRESSED = {"answer": {"answer": "yes"}}


@pytest.mark.parametrize("purpose", ["answer", "enter", "address", "undo"])
def test_fifty_looks_of_scanners_write_nothing_and_the_button_works(purpose: str) -> None:
    registration = recipes.waiting(recipes.centre())
    path = ways(registration.participant, registration)[purpose]
    before = rows()

    for look in range(50):
        agent = {"User-Agent": SCANNERS[look % len(SCANNERS)]}
        for method in ("get", "head"):
            assert getattr(Client(), method)(path, headers=agent).status_code == 200

    assert rows() == before
    assert Client().post(path, PRESSED.get(purpose, {})).status_code == 302
    assert rows() != before
    assert Client().post(path, PRESSED.get(purpose, {})).status_code == 404


@pytest.mark.parametrize("purpose", ["answer", "enter", "address", "undo"])
def test_closed_links_are_answered_with_the_same_bytes(client: Client, purpose: str) -> None:
    registration = recipes.waiting(recipes.centre())
    used = ways(registration.participant, registration)[purpose]
    Client().post(used, PRESSED.get(purpose, {}))
    with travel(datetime.now(UTC) - timedelta(days=200), tick=False):
        other = recipes.waiting(recipes.centre())
        expired = ways(other.participant, other)[purpose]
    older = recipes.waiting(recipes.centre())
    superseded = own.link_for(older.participant)
    own.link_for(older.participant)
    start = used.rsplit("/", 2)[0]
    closed = [used, expired, f"{start}/{'x' * 43}/", f"{start}/x/"]
    closed += [superseded] if purpose == "enter" else []

    for method in ("get", "post"):
        answers = [getattr(client, method)(path) for path in closed]
        pages = {
            answer.content.decode().replace(path, "PATH")
            for path, answer in zip(closed, answers, strict=True)
        }
        assert {answer.status_code for answer in answers} == {404}
        assert len(pages) == 1
