"""Everything that staff see on one person's page."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centres.access import colleagues_of
from centres.week import label
from linkcenter.forms.base import ActForm
from linkcenter.models import Activity, Message, User
from linkcenter.models.activity import ActivityQuerySet
from linkcenter.personal_data.register import register
from participants.admin.messages.outbox import readable_text
from participants.admin.registration.booking import BookForm
from participants.admin.registration.forms import (
    BreakForm,
    CloseForm,
    ContactForm,
    TalkForm,
    WeekForm,
)
from participants.domain.intake.tries import tries_of
from participants.domain.registration.closing import may_undo
from participants.domain.registration.duplicates import look_alikes
from participants.domain.retention import in_a_week
from participants.models import Participant, Registration
from participants.states import Need, RegistrationState, SpokenLanguage


def days_waited(registration: Registration) -> int | None:
    """Whole days since the interest came; None once the registration is closed."""
    if registration.state == RegistrationState.CLOSED:
        return None
    return (timezone.localdate() - timezone.localdate(registration.registered_at)).days


def person_page(
    registration: Registration, *, reader: User, filled_in: ActForm | None
) -> dict[str, Any]:
    """The context of the page. ``filled_in`` is a form that has something to correct."""
    participant = registration.participant
    talks = list(registration.talks.select_related("by").order_by("-at", "-pk"))
    forms = _forms(registration, reader) | ({filled_in.key: filled_in} if filled_in else {})
    return {
        "registration": registration,
        "participant": participant,
        "forms": forms,
        "filled_in": filled_in.key if filled_in else "",
        "is_open": registration.is_open,
        "is_held": registration.state == RegistrationState.HELD,
        "days_waited": days_waited(registration),
        "look_alikes": look_alikes(registration) if registration.is_open else [],
        "is_deleted_soon": any(
            people.filter(pk=participant.pk).exists()
            for people in register.due(Participant, in_a_week(timezone.localdate()))
        ),
        "is_paused": registration.is_paused(timezone.localdate()),
        "may_undo": may_undo(registration, now=timezone.now()),
        "wishes": list(_wishes(registration)),
        "talks": talks,
        "tries": tries_of(registration, talks) if registration.is_open else None,
        "suits": [label(slot) for slot in registration.talk_wishes],
        "consents": participant.consents.select_related("text", "recorded_by").order_by("given_at"),
        "messages_to_person": _messages(participant),
        "timeline": _timeline(registration),
        "goes_on_as": registration.merged_into,
        "who_sees": colleagues_of(participant.centre),
    }


def _forms(registration: Registration, reader: User) -> dict[str, ActForm]:
    def action(act: str) -> str:
        return reverse(f"admin:participants_registration_{act}", args=[registration.pk])

    return {
        TalkForm.key: TalkForm(action=action("talk")),
        BreakForm.key: BreakForm(
            initial={"until": registration.paused_until}, action=action("pause")
        ),
        BookForm.key: BookForm(registration=registration, reader=reader, action=action("book")),
        WeekForm.key: WeekForm(
            initial={"availability": registration.availability}, action=action("week")
        ),
        CloseForm.key: CloseForm(action=action("close")),
        ContactForm.key: ContactForm(
            participant=registration.participant, action=action("contact")
        ),
    }


def _wishes(registration: Registration) -> Iterable[tuple[str | Promise, str]]:
    """What the person would like: each a heading and the answer, where there is one."""
    themes = [str(theme) for theme in registration.themes.all()]
    if registration.any_theme:
        themes.append(str(_("a mixed group is fine")))
    yield _("For whom"), registration.get_role_display()
    yield _("Kind of group"), registration.get_kind_display()
    yield _("How to meet"), registration.get_format_display()
    yield _("Themes"), ", ".join(themes)
    yield _("Languages"), _labels(registration.languages, SpokenLanguage)
    yield _("Who else is in the group"), registration.get_gender_wish_display()
    if registration.age_near_mine:
        yield _("Age"), str(_("About their own age"))
    if registration.needs:
        yield _("Needs of the room"), _labels(registration.needs, Need)
    if registration.practical_needs:
        yield _("Other practical needs"), registration.practical_needs
    if registration.message:
        yield _("Message"), registration.message
    if registration.heard_from:
        yield _("Heard of us from"), registration.get_heard_from_display()
    if registration.would_initiate:
        yield _("Might help"), str(_("Would like to help groups to start"))
    if registration.digital_elsewhere:
        yield _("Elsewhere"), str(_("May be offered a digital group at another centre"))


def _labels(codes: list[str], choices: Any) -> str:
    return ", ".join(str(choices(code).label) for code in codes)


def _messages(participant: Participant) -> list[tuple[Message, str, bool]]:
    """The newest first: the message, its text to read, and whether it waits for staff."""
    by_hand = set(participant.messages.ring_instead().values_list("pk", flat=True))
    return [
        (message, readable_text(message), message.pk in by_hand)
        for message in participant.messages.order_by("-created_at", "-pk")
    ]


def _timeline(registration: Registration) -> ActivityQuerySet:
    """Of the person and the registration, and of what has been merged into it."""
    merged = list(registration.merged.select_related("participant"))
    about = Q()
    for row in [registration, *merged]:
        for subject in (row, row.participant):
            kind = ContentType.objects.get_for_model(subject)
            about |= Q(subject_type=kind, subject_id=subject.pk)
    return Activity.objects.filter(about).latest_first()
