"""Who is in no group: most wait, some are new, some are hard to reach, a few have left."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from groups.demo.house import House
from groups.demo.people import PHONE
from groups.demo.registering import Registrations, at_time
from participants.domain.intake.booking import book_talk, decline_talk
from participants.domain.intake.talks import record_talk
from participants.states import (
    ContactWay,
    EntryChannel,
    PointedTo,
    Role,
    TalkKind,
    TalkOutcome,
    TalkWay,
)

NEW = 7
BY_EAR: dict[str, Any] = {"email": None, "preferred_way": ContactWay.PHONE}
DAY = timedelta(days=1)


def crowd(people: Registrations, houses: Sequence[House], number: int) -> None:
    """Everybody else: most wait, some are new, some are hard to reach, a few have left."""
    for index in range(max(number, 0)):
        house = houses[index % 2]
        kind = (index // 2) % 10
        if kind == 0:
            new(people, house)
        elif kind == 1:
            tried(people, house, index)
        elif kind == 9 and index > 20:
            left(people, house)
        else:
            days = people.random.randint(10, 120)
            people.waiting(house, None, at=people.now - days * DAY)


def over_the_weekend(people: Registrations, house: House) -> None:
    """Who has come in the last days and nobody has called: on a Monday, this is the pile."""
    them = [people.inventor.person(house.centre) for _each in range(NEW)]
    them[0] = replace(them[0], **BY_EAR)
    them[1] = replace(them[1], **BY_EAR)
    them[2] = replace(them[2], language="nn")
    them[3] = replace(them[3], language="en")
    for number, person in enumerate(them):
        role = Role.KIN if number == len(them) - 1 else Role.OWN
        people.register(
            house,
            replace(people.inventor.interest(), role=role),
            at=people.now - timedelta(hours=5 + number * 8),
            person=replace(person, phone=person.phone or PHONE.format(93_000 + number)),
            channel=EntryChannel.VISIT if number == 1 else EntryChannel.PHONE,
        )


def new(people: Registrations, house: House) -> None:
    hours = people.random.randint(3, 90)
    people.register(house, people.inventor.interest(), at=people.now - timedelta(hours=hours))


def tried(people: Registrations, house: House, index: int) -> None:
    """Rung in vain: the next try is due today for one, and in some days for the next."""
    at = people.ago(days=people.random.randint(6, 12))
    registration = people.register(house, people.inventor.interest(), at=at)
    next_try = timezone.localdate(people.now) + (index // 20 % 2) * 3 * DAY
    record_talk(
        registration,
        kind=TalkKind.TRIED,
        outcome=TalkOutcome.NO_ANSWER,
        by=house.coordinator,
        next_try=next_try,
        now=at + 2 * DAY,
    )


def talks(people: Registrations, house: House) -> None:
    """One to come, one that nobody has written down, and one that did not suit."""
    today = timezone.localdate(people.now)
    kinds = (TalkWay.PHONE, TalkWay.VISIT, TalkWay.VIDEO)
    for days, kind in zip((2, -1, 3), kinds, strict=True):
        booked_at = people.now - 3 * DAY
        registration = people.register(house, people.inventor.interest(), at=booked_at - DAY)
        book_talk(
            registration,
            at=at_time(today + days * DAY, time(10, 30)),
            kind=kind,
            held_by=house.coordinator,
            actor=house.coordinator,
            anyway=True,
            now=booked_at,
        )
    decline_talk(registration, wishes=["tue-evening", "wed-evening"], now=people.now - DAY)


def left(people: Registrations, house: House) -> None:
    at = people.now - people.random.randint(20, 90) * DAY
    registration = people.register(house, people.inventor.interest(), at=at)
    record_talk(
        registration,
        kind=TalkKind.RANG,
        outcome=TalkOutcome.REFERRED_ON,
        pointed_to=people.random.choice(PointedTo.values),
        by=house.coordinator,
        now=at + 4 * DAY,
    )
