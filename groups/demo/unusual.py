"""People of whom there is one each: to be deleted soon, registered twice, held back."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from groups.demo.house import House
from groups.demo.people import PHONE
from participants.domain.intake import record_talk
from participants.domain.registration import Agreement, register_interest
from participants.states import (
    ConsentPurpose,
    ContactWay,
    HeldBecause,
    PointedTo,
    TalkKind,
    TalkOutcome,
)

if TYPE_CHECKING:
    from groups.demo.story import Story

DAY = timedelta(days=1)


def soon_deleted(story: "Story", house: House) -> None:
    """Somebody who did not want a group half a year ago."""
    at = story.now - 190 * DAY
    registration = story.register(house, story.inventor.interest(), at=at)
    record_talk(
        registration,
        kind=TalkKind.RANG,
        outcome=TalkOutcome.REFERRED_ON,
        pointed_to=PointedTo.RPH,
        by=house.coordinator,
        now=story.now - 180 * DAY,
    )


def twice(story: "Story", house: House) -> None:
    """Somebody who had forgotten that they have registered."""
    person = story.inventor.person(house.centre)
    for days in (70, 3):
        at = story.now - days * DAY
        story.register(house, story.inventor.interest(), at=at, person=person)


def odd(story: "Story", house: House) -> None:
    """Held back for the address in it, with no e-mail to confirm by: staff have a look."""
    person = story.inventor.person(house.centre)
    register_interest(
        house.centre,
        person=replace(
            person,
            phone=person.phone or PHONE.format(92_000),
            email=None,
            preferred_way=ContactWay.PHONE,
        ),
        interest=replace(story.inventor.interest(), message="Se www.example.org/meg"),
        agreement=Agreement(purposes={ConsentPurpose.CONTACT, ConsentPurpose.THEME}),
        held_because=HeldBecause.LINKS,
        now=story.now - 2 * DAY,
    )
    story.count()
