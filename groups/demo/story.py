"""What has happened at two centres in the last year, told from the beginning to this minute."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from groups.demo import people_waiting, stages, unusual
from groups.demo.enquiries import let_ask
from groups.demo.events import lend_an_evening, put_on
from groups.demo.forming import MEMBERS, Groups
from groups.demo.house import House, prepare
from groups.demo.messages import ask_all_who_wait, bounce, deliver
from groups.demo.news import write_news
from groups.demo.registering import Progress, Registrations
from groups.demo.running_groups import RunningGroups
from groups.demo.to_do import (
    ask_whether,
    have_followed_up,
    lend_until_yesterday,
    opened_by_a_colleague,
    write_to,
)
from groups.domain.asking import asking
from groups.domain.forming import match_runs
from groups.models import SelfHelpGroup
from linkcenter.jobs import job_run
from linkcenter.models import Message
from linkcenter.personal_data import retention
from participants.models import Participant

FEWEST = 96  # six groups of six, six of five, and somebody of every other kind
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Counts:
    """What there is now, in all."""

    people: int
    groups: int
    messages: int


@transaction.atomic
def tell(registrations: int, *, seed: int, now: datetime, progress: Progress) -> Counts:
    """There are ``registrations`` more fictional people, and groups at every stage of their way.

    In an empty database, the same seed on the same day tells the same story. ``progress`` hears
    after each person how many there are. Nothing of the past is left for the worker to send.
    """
    random = Random(seed)  # noqa: S311  no secret
    people = Registrations(random, now=now, progress=progress)
    tromso, oslo = prepare(today=timezone.localdate(now))
    groups = Groups(people)
    _tell_of_groups(groups, tromso, oslo)
    _tell_of_people(groups, tromso, oslo, max(registrations, FEWEST))
    _tell_of_the_house(tromso, oslo, now=now)
    deliver(now=now)
    retention.run(brake=False, now=now)  # staff have looked, each time
    have_followed_up(tromso, people)
    return Counts(
        people=Participant.objects.count(),
        groups=SelfHelpGroup.objects.count(),
        messages=Message.objects.count(),
    )


def _tell_of_groups(groups: Groups, tromso: House, oslo: House) -> None:
    now = groups.now
    stages.ended(groups, oslo, "thu-evening")
    stages.starting(groups, tromso, "mon-evening")  # before one begins again and has room
    RunningGroups(groups).tell(tromso)
    stages.runs_itself(groups, tromso, "tue-evening")
    stages.started(groups, oslo, "tue-evening")
    with job_run("groups.expire_unanswered") as counts:
        counts["seats"] = asking.expire_unanswered(now=now)
    stages.answering(groups, tromso, "wed-evening")


def _tell_of_people(groups: Groups, tromso: House, oslo: House, registrations: int) -> None:
    """And what they are asked today: the last group, proposals, drafts, a letter."""
    people, now = groups.people, groups.now
    for_proposal = [
        people.waiting(tromso, "thu-evening", at=now - people.random.randint(9, 50) * DAY)
        for _member in range(tromso.centre.min_to_start)
    ]
    people_waiting.talks(people, tromso)
    unusual.soon_deleted(people, tromso)
    people.waiting(tromso, None, at=now - 130 * DAY)  # and says nothing when asked
    unusual.twice(people, tromso)
    unusual.odd(people, tromso)
    flexible = [people.waiting(tromso, None, at=now - 40 * DAY) for _each in range(2)]
    people_waiting.over_the_weekend(people, tromso)
    people_waiting.crowd(people, [tromso, oslo], registrations - people.number - MEMBERS)
    stages.just_asked(groups, oslo, "mon-evening")
    match_runs.propose([tromso.centre], actor=tromso.coordinator, now=now - HOUR)
    for registration, has_said_yes in zip(flexible, (False, True), strict=True):
        ask_whether(registration, tromso, now=now, yes=has_said_yes)
    deliver(now=now)
    to_write_to = [each.participant for each in for_proposal[:3]]
    write_to(to_write_to, tromso, now=now)
    opened_by_a_colleague(to_write_to, tromso, now=now)
    bounce(tromso)
    ask_all_who_wait(now=now)


def _tell_of_the_house(tromso: House, oslo: House, *, now: datetime) -> None:
    lend_until_yesterday(tromso, now=now)
    lend_an_evening(tromso, now=now)
    put_on(tromso, oslo, now=now)
    let_ask(tromso, now=now)
    write_news(tromso.centre, oslo.centre, today=timezone.localdate(now))
