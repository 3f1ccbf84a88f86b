"""What the centre says to a person, by whichever way the person can be reached."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from linkcenter.messages import outbox, subjects, texts
from linkcenter.models import Channel, Message, WaitsBecause
from linkcenter.periods import Period
from participants.models import Participant, Registration
from participants.states import ConsentPurpose, GivenBy, PersonActivity

# What happens to a person, and the text that tells of it. None: silent on purpose.
TEXTS: dict[PersonActivity, str | None] = {
    PersonActivity.REGISTERED: "receipt",
    PersonActivity.HELD: "confirm_registration",  # by e-mail; staff look at the others
    PersonActivity.TALKED: None,  # they were there
    PersonActivity.READY: None,
    PersonActivity.CLOSED: "withdrawn",  # if they did it themselves; else it was said in the talk
    PersonActivity.INTEREST_CHANGED: None,  # the page they did it on says it
    PersonActivity.CONTACT_CHANGED: "address_changed",  # to the old one, if there is a new one
    PersonActivity.TOLD_BY_HAND: None,
    PersonActivity.PAUSED: None,
    PersonActivity.PAUSE_ENDED: None,
    PersonActivity.WITHDRAWAL_UNDONE: None,
    PersonActivity.CONSENT_GIVEN: None,
    PersonActivity.CONSENT_WITHDRAWN: None,
    PersonActivity.KEPT_LONGER: None,  # nothing has changed for them
    PersonActivity.MERGED: None,
    PersonActivity.GIVEN_TO: None,  # nothing changes for them
    PersonActivity.STILL_ASKED: "still",
    PersonActivity.STILL_YES: None,  # the page they said it on says it, or the call did
    PersonActivity.CONSENTS_REMINDED: "consents",
    PersonActivity.TALK_BOOKED: "talk_booked",
    PersonActivity.TALK_CHANGED: "talk_changed",
    PersonActivity.TALK_CANCELLED: "talk_cancelled",
    PersonActivity.TALK_DECLINED: None,  # the page they did it on says it
    PersonActivity.MOVED_AWAY: None,  # the new centre tells them, once
    PersonActivity.MOVED_HERE: "moved",
}
OWN_PAGE = "own-page"  # the matter of links that are asked for
WRITTEN = "written"  # the matter of what staff write themselves
TALK = "talk"
STILL = "still"  # whether somebody who waits is still interested
CONSENTS = "consents"  # what somebody has said yes to


def tell(
    participant: Participant,
    kind: str,
    *,
    matter: str,
    now: datetime,
    link: outbox.Link | None = None,
    to: str = "",
    is_rationed: bool = False,
    facts: subjects.Facts = (),
    by_staff: bool = False,
    calendar: str = "",
    **context: Any,
) -> Message:
    """Put the text ``kind`` to the person in the outbox, by the way that they are reached.

    ``to`` is another e-mail address than the person's own: a new one, or the one before. ``facts``
    is what the text is made of besides the person. ``by_staff``: what staff did causes it, so that
    a centre which looks through such messages sees it before it goes. ``calendar`` is a file that
    goes with an e-mail.
    """
    channel = Channel.EMAIL if to else participant.channel
    rendered = texts.write(
        kind,
        language=participant.language,
        channel=channel,
        participant=participant,
        centre=participant.centre,
        gap=outbox.GAP if link else "",
        by_hand=channel != Channel.EMAIL,
        **context,
    )
    return outbox.queue(
        participant,
        matter=matter,
        kind=kind,
        channel=channel,
        to=to or participant.address,
        language=participant.language,
        subject=rendered.subject,
        text=rendered.text,
        link=link if outbox.GAP in rendered.text else None,
        facts=(*about_person(participant, to=to), *facts),
        waits_because=_waits_because(participant, to=to, by_staff=by_staff),
        is_rationed=is_rationed,
        calendar=calendar,
        now=now,
    )


def about_person(participant: Participant, *, to: str = "") -> tuple[object, ...]:
    """What every text to the person is made of, whatever it tells."""
    channel = Channel.EMAIL if to else participant.channel
    return (participant.language, channel, to or participant.address, participant.first_name)


def _waits_because(participant: Participant, *, to: str, by_staff: bool) -> str:
    """Why the message does not go by itself; nothing if it does."""
    if participant.do_not_send:
        return WaitsBecause.PERSON
    if participant.email_refused_on and participant.channel == Channel.EMAIL and not to:
        return WaitsBecause.ADDRESS
    if by_staff and participant.centre.looks_through:
        return WaitsBecause.CENTRE
    return ""


def receipt(
    registration: Registration, *, link: outbox.Link | None, is_rationed: bool, now: datetime
) -> Message:
    """Say that the interest has reached the centre, what happens next, and what was said aloud."""
    return tell(
        registration.participant,
        "receipt",
        matter=matter(registration),
        link=link,
        is_rationed=is_rationed,
        facts=about_receipt(registration),
        said=said_aloud(registration.participant),
        now=now,
    )


def confirm_registration(
    registration: Registration, *, to: str, link: outbox.Link, now: datetime
) -> Message:
    """Ask whoever reads mail at the address to say that the registration is theirs.

    What was typed is not repeated: whoever gets this may never have heard of us.
    """
    return tell(
        registration.participant,
        "confirm_registration",
        matter=matter(registration),
        to=to,
        link=link,
        is_rationed=True,
        now=now,
    )


def own_page(
    participant: Participant, *, link: outbox.Link | None, now: datetime, to: str = ""
) -> Message:
    """Give the person the link that they asked for; who has to be rung is asked what they need."""
    return tell(participant, "own_page", matter=OWN_PAGE, to=to, link=link, now=now)


def confirm_address(
    participant: Participant, *, to: str, link: outbox.Link, now: datetime
) -> Message:
    """Ask whoever reads mail at the new address to confirm that it is theirs."""
    return tell(
        participant,
        "confirm_address",
        matter="new-address",
        to=to,
        link=link,
        is_rationed=True,
        now=now,
    )


def address_changed(participant: Participant, *, to: str, now: datetime) -> Message:
    """Tell whoever reads mail at the old address that nothing more comes there."""
    return tell(participant, "address_changed", matter="old-address", to=to, now=now)


def withdrawn(registration: Registration, *, link: outbox.Link, now: datetime) -> Message:
    """Say that the person is off the list, with a link to undo it."""
    return tell(
        registration.participant,
        "withdrawn",
        matter=matter(registration),
        link=link,
        facts=about_registration(registration),
        now=now,
    )


def talk_booked(
    registration: Registration, *, link: outbox.Link | None, calendar: str, now: datetime
) -> Message:
    """Say when we talk with the person, how, and with whom."""
    facts = about_talk(registration)
    return _tell_of_talk(
        registration, "talk_booked", link=link, calendar=calendar, facts=facts, now=now
    )


def talk_changed(
    registration: Registration, *, link: outbox.Link | None, calendar: str, now: datetime
) -> Message:
    """Say that we talk with the person at another time than they have heard before."""
    facts = about_talk(registration)
    return _tell_of_talk(
        registration, "talk_changed", link=link, calendar=calendar, facts=facts, now=now
    )


def talk_cancelled(registration: Registration, *, calendar: str, now: datetime) -> Message:
    """Say that there is no talk at the time that the person has heard."""
    return _tell_of_talk(
        registration, "talk_cancelled", link=None, calendar=calendar, facts=(), now=now
    )


def _tell_of_talk(
    registration: Registration,
    kind: str,
    *,
    link: outbox.Link | None,
    calendar: str,
    facts: subjects.Facts,
    now: datetime,
) -> Message:
    return tell(
        registration.participant,
        kind,
        matter=talk_matter(registration),
        link=link,
        facts=facts,
        by_staff=True,
        calendar=calendar,
        now=now,
        registration=registration,
    )


def about_talk(registration: Registration) -> tuple[object, ...]:
    """What a text about the talk is made of."""
    return (registration.talk_at, registration.talk_kind, registration.talk_by_id)


def moved(registration: Registration, *, link: outbox.Link | None, now: datetime) -> Message:
    """Say that the person is with us now, at the centre they asked to be moved to."""
    return tell(
        registration.participant,
        "moved",
        matter=matter(registration),
        link=link,
        now=now,
        registration=registration,
    )


def talk_matter(registration: Registration) -> str:
    """One matter for the talk that is booked: what is said last is what holds."""
    return f"{TALK}:{registration.pk}"


# Texts that staff choose among, or fill with words of their own.
TO_CHOOSE = {
    "call_us": _("Ask the person to call us"),
    "tried_to_reach": _("Say that we have tried to reach them"),
    "own_words": _("Own words"),
}


def compose(
    participant: Participant, kind: str, *, has_link: bool, words: str = ""
) -> texts.Rendered:
    """One of the texts in ``TO_CHOOSE`` as this person would read it, with ``GAP`` for a link."""
    return texts.write(
        kind,
        language=participant.language,
        channel=participant.channel,
        participant=participant,
        centre=participant.centre,
        gap=outbox.GAP if has_link else "",
        words=words,
    )


def written(
    participant: Participant,
    rendered: texts.Rendered,
    *,
    kind: str,
    link: outbox.Link | None,
    now: datetime,
) -> Message:
    """Put what staff have written to the person in the outbox, as a draft."""
    return outbox.queue(
        participant,
        matter=WRITTEN,
        kind=kind,
        channel=participant.channel,
        to=participant.address,
        language=participant.language,
        subject=rendered.subject,
        text=rendered.text,
        link=link if outbox.GAP in rendered.text else None,
        facts=about_person(participant),
        waits_because=WaitsBecause.WRITTEN,
        now=now,
    )


def still(
    registration: Registration,
    *,
    link: outbox.Link | None,
    works_for: Period,
    kept_until: date,
    now: datetime,
) -> Message:
    """Ask whether the person is still interested, and say what happens if they do not answer."""
    return tell(
        registration.participant,
        "still",
        matter=STILL,
        link=link,
        registration=registration,
        works_for=works_for,
        kept_until=kept_until,
        now=now,
    )


def consents(
    participant: Participant,
    *,
    link: outbox.Link | None,
    given: list[tuple[ConsentPurpose, datetime]],
    is_public_task: bool,
    now: datetime,
) -> Message:
    """Remind the person of what they have said yes to, and say how to take it back."""
    return tell(
        participant,
        "consents",
        matter=CONSENTS,
        link=link,
        given=given,
        is_public_task=is_public_task,
        now=now,
    )


def matter(registration: Registration) -> str:
    """One matter for the state of a registration: a newer text replaces an unsent older one."""
    return f"registration:{registration.pk}"


def about_registration(registration: Registration) -> tuple[object, ...]:
    """What a text about the state of a registration is made of."""
    return (registration.state, registration.close_reason)


def said_aloud(participant: Participant) -> list[str]:
    """The texts that the person has said yes to without reading them, word for word."""
    spoken = participant.consents.exclude(given_by=GivenBy.WEB).filter(withdrawn_at=None)
    return list(spoken.order_by("pk").values_list("text__text", flat=True))


def about_receipt(registration: Registration) -> tuple[object, ...]:
    """As ``about_registration``, with what the receipt repeats of what was said aloud."""
    return (*about_registration(registration), *said_aloud(registration.participant))


def link_path(language: str) -> str:
    """The page that a personal link leads to, in the person's own language."""
    with translation.override(language):
        return reverse("participants:link", args=["TOKEN"]).replace("TOKEN", "{token}")
