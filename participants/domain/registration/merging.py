"""The same person registered twice: one of the two goes on, with all that hangs on the other.

What nobody can change stays where it was written, and is read through ``merged_into``: the
timeline, and the dates by which a backup knows a person again.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ForeignObjectRel, Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linkcenter.messages import outbox
from linkcenter.models import Activity, User
from linkcenter.timeline import record
from participants.domain.errors import RegistrationError
from participants.domain.locks import hold_registrations
from participants.domain.person import consents
from participants.domain.person.contact import Person, change_contact, person_of
from participants.domain.registration.closing import close
from participants.domain.registration.consent_withdrawal import withdraw_consent
from participants.domain.registration.duplicates import NotTheSame, keep_apart_too, look_alikes
from participants.models import (
    Consent,
    KeepApart,
    Participant,
    PersonalLink,
    ReadLog,
    Registration,
    TwoPeople,
)
from participants.states import CloseReason, ConsentPurpose, PersonActivity, RegistrationState

# What the walk over the relations leaves alone, and why.
NOT_MOVED: dict[tuple[type[Model], str], str] = {
    (Registration, "participant"): "the first date tells whom a backup brings back",
    (Activity, "subject_id"): "the timeline is never changed",
    (ReadLog, "participant"): "is never changed: a copy is made",
    (KeepApart, "first"): "in order, and once: made anew",
    (KeepApart, "second"): "in order, and once: made anew",
    (TwoPeople, "first"): "staff look anew at whoever is like the one that goes on",
    (TwoPeople, "second"): "staff look anew at whoever is like the one that goes on",
}


class HasATalk(RegistrationError):
    message = _(
        "A talk is booked with the one that would be closed. Let that one go on, or call the talk"
        " off first."
    )


@transaction.atomic
def merge(
    registration: Registration,
    *,
    into: Registration,
    person: Person | None = None,
    actor: User | None,
    now: datetime | None = None,
) -> None:
    """``registration`` is closed, and ``into`` goes on with the earliest date of the two.

    Talks, past places, questions, messages and who has looked come along. Of the consents the
    strictest holds: a yes to groups at other centres only if both have it, and no yes that was
    taken back in one of them; nor is a message left, or one sent by itself, unless both allow it.
    ``person`` is how to reach them, where staff have chosen from both. Whoever is kept apart from
    the one is kept apart from the other. A place that ``registration`` holds is free, and what it
    has not been told is not said. Silent. Raises ``AlreadyClosed``, ``NotTheSame``, ``HasATalk`` or
    ``NoWayToReach``.
    """
    now = now or timezone.now()
    hold_registrations(registration.participant_id, into.participant_id)
    pair = Registration.objects.select_for_update(of=("self",)).filter(
        pk__in=[registration.pk, into.pk]
    )
    rows = {row.pk: row for row in pair.select_related("participant__centre").order_by("pk")}
    closing, staying = rows[registration.pk], rows[into.pk]
    if not look_alikes(closing).filter(pk=staying.pk).exists():
        raise NotTheSame
    if closing.talk_at is not None:
        raise HasATalk
    for purpose in _too_much(staying.participant, closing.participant):
        withdraw_consent(staying.participant, purpose=purpose, actor=actor, now=now)
    staying.refresh_from_db()
    keep_apart_too(staying.participant, closing.participant)
    staying.registered_at = min(staying.registered_at, closing.registered_at)
    staying.heard_at = max(staying.heard_at, closing.heard_at)
    staying.responsible = staying.responsible or closing.responsible
    if closing.state == RegistrationState.WAITING:  # the talk that it needs comes along
        staying.state = RegistrationState.WAITING
    staying.save(update_fields=["registered_at", "heard_at", "responsible", "state"])
    _keep_as_long(staying.participant, closing.participant)
    record(staying, PersonActivity.MERGED, actor=actor, now=now)
    close(closing, reason=CloseReason.DUPLICATE, actor=actor, now=now)
    closing.merged_into = staying
    closing.save(update_fields=["merged_into"])
    _end_what_holds(closing.participant, staying.participant, now=now)
    _move(closing.participant, staying.participant)
    _move(closing, staying)
    wanted = person or person_of(staying.participant)
    change_contact(
        staying.participant,
        person=_most_careful(wanted, staying.participant, closing.participant),
        actor=actor,
        now=now,
    )


def _keep_as_long(staying: Participant, closing: Participant) -> None:
    """What staff have said of the one, that it is kept, holds for the person."""
    days = [each.kept_until for each in (staying, closing) if each.kept_until is not None]
    if days:
        Participant.objects.filter(pk=staying.pk).update(kept_until=max(days))


def _too_much(staying: Participant, closing: Participant) -> set[ConsentPurpose]:
    """What the one who stays has said yes to, and the same person elsewhere has not.

    Who has taken a yes back and given it anew says yes.
    """
    taken_back = closing.consents.filter(withdrawn_at__isnull=False)
    refused = {ConsentPurpose(code) for code in taken_back.values_list("text__purpose", flat=True)}
    refused -= {ConsentPurpose(code) for code in consents.given(closing)}
    if ConsentPurpose.DIGITAL not in consents.given(closing):
        refused.add(ConsentPurpose.DIGITAL)
    return (refused - {ConsentPurpose.CONTACT}) & {
        ConsentPurpose(code) for code in consents.given(staying)
    }


def _most_careful(wanted: Person, *people: Participant) -> Person:
    return replace(
        wanted,
        may_leave_message=all(each.may_leave_message for each in people),
        do_not_send=any(each.do_not_send for each in people),
    )


def _end_what_holds(closing: Participant, staying: Participant, *, now: datetime) -> None:
    """No link, unsent message or yes of ``closing`` holds on, but the yes that both have given."""
    links = PersonalLink.objects.filter(participant=closing)
    links.live().update(superseded_at=now)
    for matter in set(closing.messages.untold().values_list("matter", flat=True)):
        outbox.cancel(closing, matter=matter)
    holding = Consent.objects.filter(participant=closing, withdrawn_at__isnull=True)
    same_text = staying.consents.filter(withdrawn_at__isnull=True).values("text")
    in_both = holding.filter(text__purpose__in=consents.given(staying)).exclude(text__in=same_text)
    holding.exclude(pk__in=in_both).withdraw(now)


def _move(closing: Model, staying: Model) -> None:
    """Whatever points at ``closing`` points at ``staying``."""
    for model, name, rows in relations(closing):
        if (model, name) not in NOT_MOVED:
            rows.update(**{name: staying.pk})
    if isinstance(closing, Participant):
        ReadLog.objects.bulk_create(
            [_again(row, staying) for row in ReadLog.objects.filter(participant=closing)],
            ignore_conflicts=True,
        )


def relations(row: Model) -> Iterator[tuple[type[Model], str, Any]]:
    """Each model whose rows point at ``row``, by which column, and those rows.

    A choice of several, such as themes, is the registration's own and none of them.
    """
    for relation in row._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and not relation.many_to_many:
            model: Any = relation.related_model
            if not model._meta.auto_created:
                name = relation.field.name
                yield model, name, model._base_manager.filter(**{name: row})
    for generic in row._meta.private_fields:
        field: Any = generic
        model = field.related_model
        yield model, field.object_id_field_name, getattr(row, field.name).all()


def _again(row: ReadLog, staying: Model) -> ReadLog:
    columns = [each.attname for each in row._meta.concrete_fields if not each.primary_key]
    values = {name: getattr(row, name) for name in columns}
    return ReadLog(**values | {"participant_id": staying.pk})
