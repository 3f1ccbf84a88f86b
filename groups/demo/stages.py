"""One group at each stage, from the one that has ended to the one asked an hour ago."""

from datetime import timedelta

from groups.demo.forming import ON_PURPOSE, Groups
from groups.demo.house import House
from groups.demo.messages import deliver
from groups.domain.asking import asking
from groups.domain.asking.answering import say_no
from groups.domain.forming.members import add_person
from groups.domain.lifecycle import ending
from groups.states import GroupEndReason, NoReason

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def starting(groups: Groups, house: House, week_slot: str) -> None:
    """A settled group whose first date has just been."""
    groups.settled_group(house, week_slot, formed=groups.people.ago(weeks=3))


def runs_itself(groups: Groups, house: House, week_slot: str) -> None:
    groups.self_run_group(house, week_slot, formed=groups.people.ago(weeks=20))


def started(groups: Groups, house: House, week_slot: str) -> None:
    groups.started_group(house, week_slot, formed=groups.people.ago(weeks=7))


def ended(groups: Groups, house: House, week_slot: str) -> None:
    group = groups.self_run_group(house, week_slot, formed=groups.people.ago(weeks=44))
    ending.end(
        group,
        reason=GroupEndReason.FINISHED,
        actor=house.coordinator,
        now=groups.people.ago(weeks=3),
    )


def answering(groups: Groups, house: House, week_slot: str) -> None:
    """A group with every answer there is, one that is late, and one person not asked yet."""
    formed = groups.people.ago(days=9)
    group = groups.group(house, week_slot, formed=formed)
    asking.ask(group, actor=house.coordinator, now=formed + timedelta(hours=2))
    deliver(now=groups.now)
    asked = groups.asked(group)
    for seat in asked[: group.min_size]:
        groups.say_yes(seat, house, now=formed + groups.random.randint(1, 6) * DAY)
    for seat in asked[group.min_size + 1 :]:
        say_no(seat, actor=house.coordinator, no_reason=NoReason.NOT_NOW, now=formed + 3 * DAY)
    later, last = (
        groups.people.waiting(house, week_slot, at=groups.now - 30 * DAY) for _each in range(2)
    )
    add_person(group, later, actor=house.coordinator, now=groups.now - 2 * DAY, **ON_PURPOSE)
    asking.ask(group, actor=house.coordinator, now=groups.now - timedelta(hours=3))
    add_person(group, last, actor=house.coordinator, now=groups.now - HOUR, **ON_PURPOSE)


def just_asked(groups: Groups, house: House, week_slot: str) -> None:
    """A group whose people were asked an hour ago: their mails wait for the worker."""
    group = groups.group(house, week_slot, formed=groups.now - timedelta(hours=2))
    asking.ask(group, actor=house.coordinator, now=groups.now - HOUR)
