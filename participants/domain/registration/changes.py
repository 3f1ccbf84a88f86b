"""What the person would like is changed, on their own page or by whoever they tell it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from linkcenter.models import User
from linkcenter.timeline import record
from participants.domain.errors import ConsentMissing
from participants.domain.locks import locked
from participants.domain.person import consents
from participants.domain.person.consents import Agreement
from participants.domain.person.contact import change_contact, person_of
from participants.domain.person.last_heard import heard
from participants.domain.registration.interest import Interest, in_calendar_order, purposes_needed
from participants.models import Registration, Theme
from participants.states import ConsentPurpose, GroupKind, MeetingFormat, PersonActivity


@transaction.atomic
def change_availability(
    registration: Registration,
    *,
    availability: Collection[str],
    actor: User | None = None,
    now: datetime | None = None,
) -> None:
    """The person can meet at these times from now on. The date of the interest stays.

    Raises ``AlreadyClosed``.
    """
    now = now or timezone.now()
    wanted = in_calendar_order(availability)
    row = locked(registration)
    if actor is None:
        heard(row.participant, now=now)
    registration.availability = wanted
    if wanted == row.availability:
        return
    row.availability = wanted
    row.save(update_fields=["availability"])
    record(
        registration,
        PersonActivity.INTEREST_CHANGED,
        actor=actor,
        fields=["availability"],
        now=now,
    )


@transaction.atomic
def change_interest(
    registration: Registration,
    *,
    answers: Mapping[str, Any],
    agreement: Agreement,
    actor: User | None = None,
    now: datetime | None = None,
) -> list[str]:
    """What the person would like is as ``answers`` say: columns by name, themes by their slugs.

    ``agreement`` holds what they say yes to now, beside what they have said yes to before. Returns
    the names of what has changed. The date of the interest stays. Raises ``AlreadyClosed`` or
    ``ConsentMissing``.
    """
    now = now or timezone.now()
    registration = locked(registration)
    participant = registration.participant
    if actor is None:
        heard(participant, now=now)
    has = {theme.slug for theme in registration.themes.all()}
    themes = set(answers.get("themes", has))
    columns = {name: value for name, value in answers.items() if name != "themes"}
    digital = columns.get("digital_elsewhere", registration.digital_elsewhere)
    interest = Interest(themes=sorted(themes), digital_elsewhere=digital)
    new = purposes_needed(participant.centre, interest) - consents.given(participant)
    new.discard(ConsentPurpose.CONTACT)  # is not asked for here: without it there is no interest
    if missing := new - set(agreement.purposes):
        raise ConsentMissing(*sorted(missing))
    changed = [name for name, value in columns.items() if getattr(registration, name) != value]
    for name in changed:
        setattr(registration, name, columns[name])
    if changed:
        registration.save(update_fields=changed)
    if themes != has:
        registration.themes.set(Theme.objects.filter(slug__in=themes))
        changed.append("themes")
    if new:
        consents.give(
            participant,
            [ConsentPurpose(purpose) for purpose in sorted(new)],
            language=agreement.language,
            given_by=agreement.given_by,
            recorded_by=actor,
            now=now,
        )
        record(registration, PersonActivity.CONSENT_GIVEN, actor=actor, now=now)
    if changed:
        record(registration, PersonActivity.INTEREST_CHANGED, actor=actor, fields=changed, now=now)
    return changed


@transaction.atomic
def change_wishes(
    registration: Registration,
    *,
    answers: Mapping[str, Any],
    about_you: Mapping[str, Any],
    actor: User | None = None,
    now: datetime | None = None,
) -> None:
    """Whom the person would like to meet, and where, is as ``answers`` say.

    ``about_you`` is what of a ``Person`` it takes: gender, year of birth. Raises as
    ``change_interest`` and ``change_contact`` do.
    """
    change_interest(registration, answers=answers, agreement=Agreement(), actor=actor, now=now)
    person = registration.participant
    change_contact(person, person=person_of(person, **about_you), actor=actor, now=now)


def is_fine_with(registration: Registration, what: str, value: str) -> bool:
    """Whether the person has said so already.

    ``what`` is "slot", "kind", "format", "theme" or "age"; of the last two the value is "any".
    """
    if what == "slot":
        return value in registration.availability
    if what == "kind":
        return registration.kind in (value, GroupKind.EITHER)
    if what == "format":
        return registration.format in (value, MeetingFormat.EITHER)
    return registration.any_theme if what == "theme" else not registration.age_near_mine


@transaction.atomic
def also_fine(
    registration: Registration,
    what: str,
    value: str,
    *,
    actor: User | None = None,
    now: datetime | None = None,
) -> bool:
    """This would do for the person as well, beside what they have said. False if they had said it.

    The date of the interest stays. Raises ``AlreadyClosed``.
    """
    row = locked(registration)
    if is_fine_with(row, what, value):
        return False
    column, wanted = _column(row, what, value)
    setattr(row, column, wanted)
    row.save(update_fields=[column])
    record(row, PersonActivity.INTEREST_CHANGED, actor=actor, fields=[column], now=now)
    return True


def _column(registration: Registration, what: str, value: str) -> tuple[str, object]:
    if what == "slot":
        return "availability", in_calendar_order([*registration.availability, value])
    return {
        "kind": ("kind", GroupKind.EITHER),
        "format": ("format", MeetingFormat.EITHER),
        "theme": ("any_theme", True),
        "age": ("age_near_mine", False),
    }[what]
