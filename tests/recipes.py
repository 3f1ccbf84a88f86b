"""The least that makes a valid row of each kind. A test states every fact that it relies on."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from centres.domain.booking.weekly_times import take_slot
from centres.models import (
    Article,
    Centre,
    Enquiry,
    Event,
    EventSignUp,
    Key,
    Municipality,
    StaffRole,
    Venue,
)
from centres.states import (
    ArticleKind,
    Attendance,
    CentreStatus,
    EnquiryKind,
    EventKind,
    Role,
    SignUpState,
    VenueKind,
    WrittenNorm,
)
from groups.models import Initiator, Seat, SelfHelpGroup
from groups.states import SettledFormat, SettledKind
from linkcenter.models import User
from linkcenter.tokens import hash_token, new_seed, token_for
from participants.models import ConsentText, Participant, Registration
from participants.states import ConsentPurpose, EntryChannel, RegistrationState
from participants.states import Role as ForWhom

_numbers = count(1)


def municipality(number: str | None = None, **fields: Any) -> Municipality:
    number = number or f"9{next(_numbers) % 1000:03}"
    defaults = {
        "name": f"Kommune {number}",
        "county": "Fylke",
        "written_norm": WrittenNorm.NEUTRAL,
    }
    return Municipality.objects.create(number=number, **(defaults | fields))


def centre(slug: str | None = None, **fields: Any) -> Centre:
    slug = slug or f"senter-{next(_numbers)}"
    defaults = {
        "name": f"LINK {slug}",
        "status": CentreStatus.OPEN,
        "email": f"{slug}@example.org",
        "takes_registrations": True,
    }
    return Centre.objects.create(slug=slug, **(defaults | fields))


def event(at: Centre | None = None, **fields: Any) -> Event:
    """A published open meeting a month from now."""
    defaults = {
        "kind": EventKind.INFO_MEETING,
        "title_nb": f"Åpent møte {next(_numbers)}",
        "starts_at": timezone.now() + timedelta(days=30),
        "published": True,
    }
    return Event.objects.create(**({"centre": at or centre()} | defaults | fields))


def sign_up(to: Event | None = None, **fields: Any) -> EventSignUp:
    """Somebody with a place at an event that people sign up for."""
    seed = new_seed()
    defaults = {
        "name": "Kari",
        "email": "kari@example.org",
        "language": "nb",
        "state": SignUpState.CONFIRMED,
        "signed_up_at": timezone.now(),
        "form_id": uuid4(),
        "seed": seed,
        "token_hash": hash_token(token_for(seed)),
    }
    return EventSignUp.objects.create(
        **({"event": to or event(attendance=Attendance.SIGN_UP)} | defaults | fields)
    )


def enquiry(at: Centre | None = None, **fields: Any) -> Enquiry:
    """A question that nobody has answered, at no centre unless told otherwise."""
    defaults = {
        "kind": EnquiryKind.QUESTION,
        "name": "Kari",
        "email": "kari@example.org",
        "text": "Hva er en gruppe?",
        "language": "nb",
    }
    return Enquiry.objects.create(**({"centre": at} | defaults | fields))


def news(**fields: Any) -> Article:
    """Published news from everywhere, a day old."""
    number = next(_numbers)
    defaults = {
        "kind": ArticleKind.NEWS,
        "slug": f"nytt-{number}",
        "title_nb": f"Nytt {number}",
        "published": True,
        "published_on": timezone.localdate() - timedelta(days=1),
    }
    return Article.objects.create(**(defaults | fields))


def venue(centre: Centre, **fields: Any) -> Venue:
    defaults = {"name": f"Rom {next(_numbers)}", "kind": VenueKind.ROOM, "capacity": 10}
    return Venue.objects.create(centre=centre, **(defaults | fields))


def key(room: Venue, **fields: Any) -> Key:
    return Key.objects.create(venue=room, **({"number": f"{next(_numbers)}"} | fields))


def staff(role: Role, centre: Centre | None = None, **fields: Any) -> User:
    """A staff account with one role. Its password is "prov-link"."""
    defaults = {"email": f"ansatt-{next(_numbers)}@example.org", "name": "Ansatt"}
    user = User.objects.create_user(password="prov-link", **(defaults | fields))
    StaffRole.objects.create(user=user, role=role, centre=centre)
    return user


def participant(centre: Centre, **fields: Any) -> Participant:
    """Somebody with an e-mail address. ``email=None, phone=...`` makes a person to ring."""
    number = next(_numbers)
    defaults = {
        "name": f"Person{number:04}",
        "email": f"person-{number}@example.org",
        "confirmed_adult_on": date(2026, 1, 15),
    }
    return Participant.objects.create(centre=centre, **(defaults | fields))


def registration(person: Participant, **fields: Any) -> Registration:
    defaults = {
        "registered_at": datetime(2026, 2, 1, 12, tzinfo=UTC),
        "channel": EntryChannel.WEB,
        "role": ForWhom.OWN,
        "availability": ["tue-evening"],
    }
    values = defaults | fields
    values.setdefault("heard_at", values["registered_at"])
    return Registration.objects.create(participant=person, **values)


def waiting(centre: Centre, person: dict[str, Any] | None = None, **fields: Any) -> Registration:
    """A registration of somebody new who waits for a group; ``person`` holds their own facts."""
    return registration(
        participant(centre, **(person or {})), **({"state": RegistrationState.WAITING} | fields)
    )


def initiator(centre: Centre, **fields: Any) -> Initiator:
    defaults = {
        "name": f"Igangsetter {next(_numbers)}",
        "email": "igangsetter@example.org",
        "trained_on": date(2026, 1, 1),
        "agreement_on": date(2026, 1, 1),
        "availability": ["tue-evening"],
    }
    return Initiator.objects.create(centre=centre, **(defaults | fields))


def group(centre: Centre, *, weeks: int = 4, **fields: Any) -> SelfHelpGroup:
    """A forming group with a room of its own on Tuesdays at 18, first on 24 November 2026.

    Its centre starts with as few as the group does, so that no rule is broken by that.
    """
    first = date(2026, 11, 24)
    if "slot" not in fields:
        fields["slot"] = take_slot(
            venue(centre), weekday=1, starts=time(18), first_date=first, weeks=weeks
        )
    defaults = {
        "name": f"Gruppe {next(_numbers)}",
        "kind": SettledKind.SOCIAL,
        "format": SettledFormat.PHYSICAL,
        "min_size": centre.min_to_start,
        "max_size": centre.max_size,
        "first_date": first,
    }
    values = defaults | fields
    if 2 <= values["min_size"] < centre.min_to_start:
        centre.min_to_start = values["min_size"]
        centre.save(update_fields=["min_to_start"])
    return SelfHelpGroup.objects.create(centre=centre, **values)


def seat(group: SelfHelpGroup, registration: Registration | None = None, **fields: Any) -> Seat:
    """A proposed seat, for somebody new who waits at the group's centre unless told otherwise."""
    return Seat.objects.create(
        group=group, registration=registration or waiting(group.centre), **fields
    )


def consent_texts() -> None:
    """One text in Bokmål for each purpose."""
    for purpose in ConsentPurpose:
        ConsentText.objects.create(
            purpose=purpose, language="nb", version=1, text=f"Jeg sier ja ({purpose})."
        )
