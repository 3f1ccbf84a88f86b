"""People of whom there is one each: to be deleted soon, registered twice, held back."""

from dataclasses import replace
from datetime import timedelta

from groups.demo.house import House
from groups.demo.people import PHONE
from groups.demo.registering import Registrations
from participants.domain.intake.talks import record_talk
from participants.domain.person.consents import Agreement
from participants.domain.registration.register import register_interest
from participants.states import (
    ConsentPurpose,
    ContactWay,
    HeldBecause,
    PointedTo,
    TalkKind,
    TalkOutcome,
)

DAY = timedelta(days=1)


def soon_deleted(people: Registrations, house: House) -> None:
    """Somebody who did not want a group half a year ago."""
    at = people.now - 190 * DAY
    registration = people.register(house, people.inventor.interest(), at=at)
    record_talk(
        registration,
        kind=TalkKind.RANG,
        outcome=TalkOutcome.REFERRED_ON,
        pointed_to=PointedTo.RPH,
        by=house.coordinator,
        now=people.now - 180 * DAY,
    )


def twice(people: Registrations, house: House) -> None:
    """Somebody who had forgotten that they have registered."""
    person = people.inventor.person(house.centre)
    people.waiting(house, None, at=people.now - 70 * DAY, person=person)
    people.register(house, people.inventor.interest(), at=people.now - 3 * DAY, person=person)


def odd(people: Registrations, house: House) -> None:
    """Held back for the address in it, with no e-mail to confirm by: staff have a look."""
    person = people.inventor.person(house.centre)
    register_interest(
        house.centre,
        person=replace(
            person,
            phone=person.phone or PHONE.format(92_000),
            email=None,
            preferred_way=ContactWay.PHONE,
        ),
        interest=replace(people.inventor.interest(), message="Se www.example.org/meg"),
        agreement=Agreement(purposes={ConsentPurpose.CONTACT, ConsentPurpose.THEME}),
        held_because=HeldBecause.LINKS,
        now=people.now - 2 * DAY,
    )
    people.count()
