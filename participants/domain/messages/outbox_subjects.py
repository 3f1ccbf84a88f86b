"""What the outbox asks about messages to people: whether they hold, and how to say them again."""

from datetime import datetime

from django.utils import timezone

from linkcenter.messages import outbox, subjects, texts
from linkcenter.models import Channel, Message
from participants import mail
from participants.domain.intake.calendar import calendar_of
from participants.domain.person.links import FIRST_LINK_LIFE, LINK_LIFE, entry_link
from participants.models import Participant, Registration

# These go to an address that somebody typed, and not to the one that the person is reached by.
TO_AN_ADDRESS = ("address_changed", "confirm_address", "confirm_registration", "own_page")


def recipient_of(message: Message) -> Participant | None:
    """The person, as they are now."""
    people = Participant.objects.select_related("centre")
    return people.filter(pk=message.recipient_id).first()


def about_recipient(message: Message) -> tuple[object, ...] | None:
    """What the text is made of besides its own matter: the person as they are now."""
    person = recipient_of(message)
    if person is None:
        return None
    to = ""
    if message.channel == Channel.EMAIL and message.kind in TO_AN_ADDRESS:
        to = message.to or ""
    if message.kind == "own_page" and to and to.casefold() != (person.email or "").casefold():
        return None
    return mail.about_person(person, to=to)


def _registration_of(message: Message) -> Registration | None:
    pk = message.matter.partition(":")[2]
    rows = Registration.objects.select_related("participant__centre")
    return rows.filter(pk=int(pk), participant_id=message.recipient_id).first()


def _registration(message: Message) -> tuple[object, ...] | None:
    person = about_recipient(message)
    registration = _registration_of(message)
    if person is None or registration is None:
        return None
    if message.kind == "receipt":
        return (*person, *mail.about_receipt(registration))
    if message.kind == "withdrawn":
        return (*person, *mail.about_registration(registration))
    return person


def _renew_registration(message: Message, now: datetime) -> Message | None:
    registration = _registration_of(message)
    if registration is None or message.kind != "receipt" or not registration.is_open:
        return None
    link = entry_link(registration.participant, life=FIRST_LINK_LIFE, now=now)
    return mail.receipt(registration, link=link, is_rationed=False, now=now)


def _talk(message: Message) -> tuple[object, ...] | None:
    person = about_recipient(message)
    registration = _registration_of(message)
    if person is None or registration is None:
        return None
    if message.kind == "talk_cancelled":
        return person
    return (*person, *mail.about_talk(registration)) if registration.talk_at else None


def _renew_talk(message: Message, now: datetime) -> Message | None:
    registration = _registration_of(message)
    if registration is None or registration.talk_at is None or message.kind == "talk_cancelled":
        return None
    tell = mail.talk_booked if message.kind == "talk_booked" else mail.talk_changed
    link = entry_link(registration.participant, life=FIRST_LINK_LIFE, now=now)
    return tell(registration, link=link, calendar=calendar_of(registration, now=now), now=now)


def _renew_own_page(message: Message, now: datetime) -> Message | None:
    person = recipient_of(message)
    if person is None:
        return None
    return mail.own_page(person, link=entry_link(person, life=LINK_LIFE, now=now), now=now)


def link_in_text(person: Participant, *, now: datetime) -> outbox.Link | None:
    """A link to the person's own page, where it fits: a text message and a call have none."""
    if person.channel not in (Channel.EMAIL, Channel.LETTER):
        return None
    return entry_link(person, life=FIRST_LINK_LIFE, now=now)


def _renew_written(message: Message, now: datetime) -> Message | None:
    """The same words, by the way and to where the person is reached now."""
    person = recipient_of(message)
    if person is None:
        return None
    rendered = texts.Rendered(message.subject, message.text or "")
    link = link_in_text(person, now=now) if message.link_seed else None
    return mail.written(person, rendered, kind=message.kind, link=link, now=now)


def address_refused(message: Message, now: datetime) -> None:
    """The person's address is flagged, if it is theirs that was refused."""
    people = Participant.objects.select_for_update(no_key=True)
    person = people.filter(pk=message.recipient_id).first()
    if person and person.email and person.email.casefold() == (message.to or "").casefold():
        person.email_refused_on = timezone.localdate(now)
        person.save(update_fields=["email_refused_on"])


def register() -> None:
    """Let the outbox ask. The matters of others are known by who they are written to."""
    subjects.register(
        "participants.participant", subjects.About(about_recipient, refused=address_refused)
    )
    subjects.register(
        "registration", subjects.About(_registration, _renew_registration, address_refused)
    )
    subjects.register(mail.TALK, subjects.About(_talk, _renew_talk, address_refused))
    subjects.register(
        mail.OWN_PAGE, subjects.About(about_recipient, _renew_own_page, address_refused)
    )
    subjects.register(
        mail.WRITTEN, subjects.About(about_recipient, _renew_written, address_refused)
    )
