"""What has happened at two centres in the last year, told from the beginning to this minute."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from groups.demo import unusual
from groups.demo.enquiries import let_ask
from groups.demo.events import put_on
from groups.demo.house import House, prepare
from groups.demo.lives import Lives
from groups.demo.loose_ends import (
    ask_whether,
    lend_until_yesterday,
    opened_by_a_colleague,
    write_to,
)
from groups.demo.news import write_news
from groups.demo.on_purpose import add_person, settle
from groups.demo.people import Inventor
from groups.domain import asking, forming, lifecycle, running
from groups.domain.silence import ask_who_waits
from groups.models import Seat, SelfHelpGroup
from groups.states import GroupEndReason, NoReason
from linkcenter import retention
from linkcenter.jobs import job_run
from linkcenter.models import Channel, Message, MessageState
from participants.domain.intake import record_talk
from participants.domain.registration import Agreement, Interest, Person, register_interest
from participants.domain.reminding import remind
from participants.domain.talks import book_talk, decline_talk
from participants.models import Participant, PersonalLink, Registration, Theme
from participants.states import (
    ConsentPurpose,
    EntryChannel,
    GivenBy,
    LinkPurpose,
    PointedTo,
    TalkKind,
    TalkOutcome,
    TalkWay,
)

MEMBERS = 6
FEWEST = 89  # six groups of six, six of five, and somebody of every other kind
NOT_YET_SENT = timedelta(hours=20)  # what is younger, the worker sends
NOT_YET_RUNG = timedelta(days=4)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Counts:
    """What there is now, in all."""

    people: int
    groups: int
    messages: int


@transaction.atomic
def tell(registrations: int, *, seed: int, now: datetime, progress: Progress) -> Counts:
    """There are ``registrations`` more fictional people, and groups at every stage of their way.

    The same seed on the same day tells the same story. ``progress`` hears after each person how
    many there are. Nothing of the past is left for the worker to send.
    """
    Story(Random(seed), now=now, progress=progress).tell(max(registrations, FEWEST))  # noqa: S311  no secret
    return Counts(
        people=Participant.objects.count(),
        groups=SelfHelpGroup.objects.count(),
        messages=Message.objects.count(),
    )


class Story:
    def __init__(self, random: Random, *, now: datetime, progress: Progress) -> None:
        self.random = random
        self.now = now
        self.progress = progress
        self.registered = 0
        self.inventor = Inventor(
            random,
            list(Theme.objects.filter(active=True).values_list("slug", flat=True)),
            year=timezone.localdate(now).year,
            first=Participant.objects.count(),
        )

    def tell(self, registrations: int) -> None:
        tromso, oslo = prepare(today=timezone.localdate(self.now))
        self.ended(oslo, "thu-evening")
        Lives(self).tell(tromso)
        self.runs_itself(tromso, "tue-evening")
        self.started(oslo, "tue-evening")
        self.starting(tromso, "mon-evening")
        with job_run("groups.expire_unanswered") as counts:
            counts["seats"] = asking.expire_unanswered(now=self.now)
        self.answering(tromso, "wed-evening")
        for_proposal = [
            self.waiting(tromso, "thu-evening", at=self.now - self.random.randint(9, 50) * DAY)
            for _member in range(tromso.centre.min_to_start)
        ]
        self.talks(tromso)
        unusual.soon_deleted(self, tromso)
        self.waiting(tromso, None, at=self.now - 130 * DAY)  # and says nothing when asked
        unusual.twice(self, tromso)
        unusual.odd(self, tromso)
        flexible = [self.waiting(tromso, None, at=self.now - 40 * DAY) for _each in range(2)]
        self.crowd([tromso, oslo], registrations - self.registered - MEMBERS)
        self.just_asked(oslo, "mon-evening")
        running.propose([tromso.centre], actor=tromso.coordinator, now=self.now - HOUR)
        for registration, has_said_yes in zip(flexible, (False, True), strict=True):
            ask_whether(registration, tromso, now=self.now, yes=has_said_yes)
        self.deliver()
        write_to([each.participant for each in for_proposal[:3]], tromso, now=self.now)
        lend_until_yesterday(tromso, now=self.now)
        opened_by_a_colleague([each.participant for each in for_proposal[:3]], tromso, now=self.now)
        self.bounce(tromso)
        self.ask_who_waits()
        put_on(tromso, oslo, now=self.now)
        let_ask(tromso, now=self.now)
        write_news(tromso.centre, oslo.centre, today=timezone.localdate(self.now))
        self.deliver()
        retention.run(now=self.now)

    # Groups, from the one that has ended to the one whose people were asked an hour ago.

    def ended(self, house: House, week_slot: str) -> None:
        group = self.self_run_group(house, week_slot, formed=self.now - 44 * WEEK)
        lifecycle.end(
            group,
            reason=GroupEndReason.FINISHED,
            actor=house.coordinator,
            now=self.now - 3 * WEEK,
        )

    def runs_itself(self, house: House, week_slot: str) -> None:
        self.self_run_group(house, week_slot, formed=self.now - 26 * WEEK)

    def self_run_group(
        self, house: House, week_slot: str, *, formed: datetime, members: int = MEMBERS
    ) -> SelfHelpGroup:
        group = self.started_group(house, week_slot, formed=formed, members=members)
        return lifecycle.hand_over(
            group,
            contact=group.seats.members().first(),
            actor=house.coordinator,
            now=formed + 14 * WEEK,
        )

    def started(self, house: House, week_slot: str) -> None:
        self.started_group(house, week_slot, formed=self.now - 7 * WEEK)

    def started_group(
        self, house: House, week_slot: str, *, formed: datetime, members: int = MEMBERS
    ) -> SelfHelpGroup:
        group = self.settled_group(house, week_slot, formed=formed, members=members)
        held_on = group.first_date or timezone.localdate(formed)
        return lifecycle.hold_start_meeting(
            group,
            held_on=held_on,
            confidentiality_signed=True,
            actor=house.coordinator,
            now=_at(held_on, time(20, 15)),
        )

    def starting(self, house: House, week_slot: str) -> None:
        """A settled group whose first date has just been."""
        self.settled_group(house, week_slot, formed=self.now - 3 * WEEK)

    def settled_group(
        self, house: House, week_slot: str, *, formed: datetime, members: int = MEMBERS
    ) -> SelfHelpGroup:
        group = self.group(house, week_slot, formed=formed, members=members)
        asking.ask(group, actor=house.coordinator, now=formed + HOUR)
        self.deliver()
        for seat in self.asked(group):
            self.say_yes(seat, house, now=formed + self.random.randint(1, 5) * DAY)
        first_date = group.first_date or timezone.localdate(formed)
        return settle(group, first_date=first_date, actor=house.coordinator, now=formed + 6 * DAY)

    def answering(self, house: House, week_slot: str) -> None:
        """A group with every answer there is, one that is late, and one person not asked yet."""
        formed = self.now - 9 * DAY
        group = self.group(house, week_slot, formed=formed)
        asking.ask(group, actor=house.coordinator, now=formed + timedelta(hours=2))
        self.deliver()
        asked = self.asked(group)
        for seat in asked[: group.min_size]:
            self.say_yes(seat, house, now=formed + self.random.randint(1, 6) * DAY)
        for seat in asked[group.min_size + 1 :]:
            asking.say_no(
                seat, actor=house.coordinator, no_reason=NoReason.NOT_NOW, now=formed + 3 * DAY
            )
        later, last = (self.waiting(house, week_slot, at=self.now - 30 * DAY) for _each in range(2))
        add_person(group, later, actor=house.coordinator, now=self.now - 2 * DAY)
        asking.ask(group, actor=house.coordinator, now=self.now - timedelta(hours=3))
        add_person(group, last, actor=house.coordinator, now=self.now - HOUR)

    def just_asked(self, house: House, week_slot: str) -> None:
        """A group whose people were asked an hour ago: their mails wait for the worker."""
        group = self.group(house, week_slot, formed=self.now - timedelta(hours=2))
        asking.ask(group, actor=house.coordinator, now=self.now - HOUR)

    def group(
        self, house: House, week_slot: str, *, formed: datetime, members: int = MEMBERS
    ) -> SelfHelpGroup:
        """A forming group of people who registered in the two months before."""
        registrations = {
            self.waiting(house, week_slot, at=formed - self.random.randint(12, 60) * DAY)
            for _member in range(members)
        }
        references = {each.participant.reference for each in registrations}
        run = running.propose([house.centre], actor=house.coordinator, now=formed)
        fits = [len(references & set(group["members"])) for group in (run.result or {})["groups"]]
        number = fits.index(max(fits))
        return forming.accept(run, number, actor=house.coordinator, now=formed)

    def asked(self, group: SelfHelpGroup) -> Sequence[Seat]:
        return list(group.seats.asked().select_related("registration__participant").order_by("pk"))

    def say_yes(self, seat: Seat, house: House, *, now: datetime) -> None:
        """By the link in the mail, or to the coordinator who rang."""
        participant = seat.registration.participant
        link = PersonalLink.objects.live().filter(
            participant=participant, purpose=LinkPurpose.ANSWER
        )
        if participant.channel == Channel.CALL:
            asking.say_yes(seat, actor=house.coordinator, now=now)
        else:
            asking.say_yes(seat, link=link.get(), now=now)

    # People

    def crowd(self, houses: Sequence[House], number: int) -> None:
        """Everybody else: most wait, some are new, some are hard to reach, a few have left."""
        for index in range(max(number, 0)):
            house = houses[index % 2]
            kind = (index // 2) % 10
            if kind == 0:
                self.new(house)
            elif kind == 1:
                self.tried(house, index)
            elif kind == 9 and index > 20:
                self.left(house)
            else:
                days = self.random.randint(10, 120)
                self.waiting(house, None, at=self.now - days * DAY)

    def new(self, house: House) -> None:
        hours = self.random.randint(3, 90)
        self.register(house, self.inventor.interest(), at=self.now - timedelta(hours=hours))

    def tried(self, house: House, index: int) -> None:
        """Rung in vain: the next try is due today for one, and in some days for the next."""
        at = self.now - self.random.randint(6, 12) * DAY
        registration = self.register(house, self.inventor.interest(), at=at)
        next_try = timezone.localdate(self.now) + (index // 20 % 2) * 3 * DAY
        record_talk(
            registration,
            kind=TalkKind.TRIED,
            outcome=TalkOutcome.NO_ANSWER,
            by=house.coordinator,
            next_try=next_try,
            now=at + 2 * DAY,
        )

    def talks(self, house: House) -> None:
        """One to come, one that nobody has written down, and one that did not suit."""
        today = timezone.localdate(self.now)
        kinds = (TalkWay.PHONE, TalkWay.VISIT, TalkWay.VIDEO)
        for days, kind in zip((2, -1, 3), kinds, strict=True):
            booked_at = self.now - 3 * DAY
            registration = self.register(house, self.inventor.interest(), at=booked_at - DAY)
            book_talk(
                registration,
                at=_at(today + days * DAY, time(10, 30)),
                kind=kind,
                held_by=house.coordinator,
                actor=house.coordinator,
                anyway=True,
                now=booked_at,
            )
        decline_talk(registration, wishes=["tue-evening", "wed-evening"], now=self.now - DAY)

    def left(self, house: House) -> None:
        at = self.now - self.random.randint(20, 90) * DAY
        registration = self.register(house, self.inventor.interest(), at=at)
        record_talk(
            registration,
            kind=TalkKind.RANG,
            outcome=TalkOutcome.REFERRED_ON,
            pointed_to=self.random.choice(PointedTo.values),
            by=house.coordinator,
            now=at + 4 * DAY,
        )

    def waiting(self, house: House, week_slot: str | None, *, at: datetime) -> Registration:
        """Somebody who registered at ``at``, had the talk within days, and waits since."""
        easy = week_slot and self.inventor.easy_interest(week_slot)
        registration = self.register(house, easy or self.inventor.interest(), at=at)
        record_talk(
            registration,
            kind=self.random.choice((TalkKind.RANG, TalkKind.MET)),
            outcome=TalkOutcome.READY,
            by=house.coordinator,
            note=self.random.choice(("", "", "Vil gjerne begynne snart.")),
            now=at + self.random.randint(1, 6) * DAY,
        )
        return Registration.objects.select_related("participant").get(pk=registration.pk)

    def register(
        self, house: House, interest: Interest, *, at: datetime, person: Person | None = None
    ) -> Registration:
        person = person or self.inventor.person(house.centre)
        by_phone = person.email is None
        registration = register_interest(
            house.centre,
            person=person,
            interest=interest,
            agreement=Agreement(
                purposes={ConsentPurpose.CONTACT, ConsentPurpose.THEME},
                language=person.language,
                given_by=GivenBy.SPOKEN if by_phone else GivenBy.WEB,
            ),
            channel=EntryChannel.PHONE if by_phone else EntryChannel.WEB,
            actor=house.coordinator if by_phone else None,
            now=at,
        )
        self.count()
        return registration

    def count(self) -> None:
        self.registered += 1
        self.progress(self.registered)

    # Messages

    def ask_who_waits(self) -> None:
        """Some who have waited long were asked weeks ago if they still want to, some today."""
        self.deliver()  # who is owed something else hears that first
        ask_who_waits(now=self.now - 3 * WEEK)
        self.deliver()
        with job_run("groups.ask_who_waits") as counts:
            counts["people"] = ask_who_waits(now=self.now)
        with job_run("participants.remind") as counts:
            counts["people"] = remind(now=self.now)

    def deliver(self) -> None:
        """What the centre said in the past has been sent, or told by telephone the next day."""
        queued = Message.objects.filter(state=MessageState.QUEUED)
        mails = queued.filter(channel=Channel.EMAIL, created_at__lt=self.now - NOT_YET_SENT)
        calls = queued.exclude(channel=Channel.EMAIL).filter(created_at__lt=self.now - NOT_YET_RUNG)
        mails.update(state=MessageState.SENT, sent_at=F("created_at"))
        calls.update(state=MessageState.SENT, sent_at=F("created_at") + DAY)

    def bounce(self, house: House) -> None:
        """The mail server did not know one of the addresses."""
        receipts = Message.objects.filter(
            kind="receipt", channel=Channel.EMAIL, participant__centre=house.centre
        )
        newest = receipts.order_by("-created_at").values("pk")[:1]
        receipts.filter(pk__in=newest).update(
            state=MessageState.FAILED, error="refused [550]", sent_at=None
        )


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
