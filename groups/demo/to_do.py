"""What waits for the coordinator: questions, drafts, a letter, a key, the last follow-ups."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.utils import timezone

from centres.access import colleagues_of
from centres.domain.booking.keys import lend
from centres.models import Key
from groups.demo.house import House
from groups.demo.people import EVENINGS, PHONE
from groups.demo.registering import Registrations, at_time
from groups.domain import follow_ups
from groups.domain.waiting.questions import answer_question, ask_one_question
from groups.models import FollowUp
from groups.states import Answer
from linkcenter.messages import drafts
from participants.domain.messages.acts import draft
from participants.domain.person.contact import change_contact, person_of
from participants.domain.read_log import note
from participants.models import Participant, Registration
from participants.states import ContactWay, Door, ReadReason

STILL_TO_DO = 4  # follow-ups
DAY = timedelta(days=1)
STREET = "Nordmann\nStorgata 1\n9008 Tromsø"


def ask_whether(registration: Registration, house: House, *, now: datetime, yes: bool) -> None:
    """Would one evening more do as well? Asked two days ago; who has said yes rang this hour."""
    other = next(slot for slot in EVENINGS if slot not in registration.availability)
    question = ask_one_question(
        registration, f"slot:{other}", actor=house.coordinator, now=now - 2 * DAY
    )
    if yes:
        answer_question(
            question, Answer.YES, actor=house.coordinator, now=now - timedelta(minutes=40)
        )


def write_to(people: Sequence[Participant], house: House, *, now: datetime) -> None:
    """A draft, a draft to somebody who has another number since, and a letter to be printed."""
    hard_to_reach, moved, on_paper = people
    draft(hard_to_reach, kind="tried_to_reach", now=now - DAY)
    draft(moved, kind="call_us", now=now - 2 * DAY)
    person = person_of(moved, phone=PHONE.format(92_001), preferred_way=ContactWay.PHONE)
    change_contact(moved, person=person, actor=house.coordinator, now=now - DAY)
    address = f"{on_paper.name} {STREET}"
    person = person_of(on_paper, postal_address=address, preferred_way=ContactWay.LETTER)
    change_contact(on_paper, person=person, actor=house.coordinator, now=now - 2 * DAY)
    on_paper.refresh_from_db()
    drafts.release(draft(on_paper, kind="call_us", now=now - DAY))


def lend_until_yesterday(house: House, *, now: datetime) -> None:
    """A key that should have been back, unless all are out."""
    if key := Key.objects.at_home().filter(venue__centre=house.centre).order_by("pk").first():
        lend(
            key,
            holder="Ingunn Igangsetter",
            phone=PHONE.format(90_001),
            due=timezone.localdate(now) - DAY,
            actor=house.coordinator,
            now=now - 8 * DAY,
        )


def opened_by_a_colleague(people: Sequence[Participant], house: House, *, now: datetime) -> None:
    """Cases of last month that somebody else opened, for whoever leads the centre to look at."""
    last_month = now.replace(day=1) - 5 * DAY
    for colleague in colleagues_of(house.centre).exclude(pk=house.coordinator.pk):
        keys = [person.pk for person in people]
        note(colleague, keys, door=Door.PERSON, reason=ReadReason.PERSON_CALLED, now=last_month)


def have_followed_up(house: House, people: Registrations) -> None:
    """All but the last few of what was to be done has been, within a day or two."""
    today = timezone.localdate(people.now)
    due = FollowUp.objects.due(today).filter(group__centre=house.centre).order_by("-due", "pk")
    for follow_up in due[STILL_TO_DO:]:
        done_on = min(follow_up.due + people.random.randint(0, 2) * DAY, today)
        now = min(at_time(done_on, time(13)), people.now)
        follow_ups.mark_done(follow_up, on=done_on, actor=people.by(house), now=now)
