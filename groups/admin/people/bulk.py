"""What staff do with several people of the list at once."""

from functools import partial
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from centres.admin.staff.colleagues import ColleagueForm
from centres.models import Centre
from linkcenter.admin.bulk import BulkAct, BulkForm
from linkcenter.forms.base import DateField, one_of
from linkcenter.models import Message, User
from participants.admin.registration.stale_page import ON_THE_SIDE
from participants.domain.errors import RegistrationError
from participants.domain.intake.responsible import give_to
from participants.domain.registration import still_interested
from participants.domain.registration.closing import close
from participants.domain.registration.pausing import LONGEST_PAUSE, NoSuchPause, pause
from participants.domain.retention import keep_longer
from participants.models import Registration
from participants.states import CloseReason, RegistrationState

ALSO = ("seat_state", "last_contact_at", "tries")
NOT_BY_HAND = (CloseReason.MOVED, CloseReason.DUPLICATE)  # each has a page of its own

CLOSED = _("the registration is closed")
HELD = _("it is held back until somebody has looked at it")


def _person(registration: Any) -> str:
    person = registration.participant
    return f"{person.reference} {person.first_name}"


def _why_not_open(registration: Any) -> str | Promise:
    if registration.state == RegistrationState.HELD:
        return HELD
    return "" if registration.is_open else CLOSED


def _people(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("participant__centre", "responsible")


# Are they still interested?


def _with_untold(rows: QuerySet[Any]) -> QuerySet[Any]:
    untold = Message.objects.untold().filter(participant=OuterRef("participant"))
    return _people(rows).annotate(has_untold=Exists(untold))


def _why_not_asked(registration: Any) -> str | Promise:
    if why := _why_not_open(registration):
        return why
    today = timezone.localdate()
    asked_on = registration.still_asked_on
    if registration.is_paused(today):
        return _("on a break")
    if registration.seat_state:
        return _("in a group, or asked about one")
    if asked_on and today < asked_on + still_interested.TIME_TO_ANSWER.length:
        return _("asked within the last month")
    if registration.has_untold:
        return _("another message to them waits already")
    return ""


def _ask(registration: Registration, answers: dict[str, Any], actor: User) -> None:
    still_interested.ask(registration, actor=actor, now=timezone.now())


# A break


class PauseAllForm(BulkForm):
    until = DateField(
        label=_("Until which day?"),
        help_text=_("From that day on we look for a group for them again. They keep their date."),
        error_messages={"required": _("Choose the day when the break ends.")},
    )

    def clean_until(self) -> Any:
        today = timezone.localdate()
        if not today < self.cleaned_data["until"] <= today + LONGEST_PAUSE:
            raise forms.ValidationError(str(NoSuchPause.message))
        return self.cleaned_data["until"]


def _pause(registration: Registration, answers: dict[str, Any], actor: User) -> None:
    pause(registration, until=answers["until"], actor=actor)


# The end


class CloseAllForm(BulkForm):
    reason = one_of(
        [each for each in CloseReason.choices if each[0] not in NOT_BY_HAND],
        label=_("Why?"),
        ask=_("Choose why the registrations are closed."),
    )


def _close(registration: Registration, answers: dict[str, Any], actor: User) -> None:
    close(registration, reason=answers["reason"], actor=actor)


# A colleague


class GiveAllForm(ColleagueForm):
    def centre_of(self, row: Any) -> Centre:
        centre: Centre = row.participant.centre
        return centre


def _give(registration: Registration, answers: dict[str, Any], actor: User) -> None:
    give_to(registration, colleague=answers["colleague"], actor=actor)


def _keep(registration: Registration, answers: dict[str, Any], actor: User) -> None:
    keep_longer(registration.participant, actor=actor)


_act = partial(
    BulkAct,
    rows=_people,
    skips=_why_not_open,
    refusals=(RegistrationError,),
    tell=_person,
    on_the_side=ON_THE_SIDE,
    also=ALSO,
)

PEOPLE_ACTS = (
    _act(
        name="give_to",
        label=_("Give them to a colleague"),
        question=_("Give these people to a colleague?"),
        button=_("Give them on"),
        done=ngettext_lazy("%(n)s person is given on.", "%(n)s people are given on.", "n"),
        do=_give,
        form=GiveAllForm,
    ),
    _act(
        name="ask_still",
        label=_("Ask whether they are still interested"),
        question=_("Ask these people whether they are still interested?"),
        button=_("Ask them"),
        done=ngettext_lazy(
            "%(n)s person is asked. Whom no e-mail reaches, you find under “To tell by hand”.",
            "%(n)s people are asked. Whom no e-mail reaches, you find under “To tell by hand”.",
            "n",
        ),
        do=_ask,
        rows=_with_untold,
        skips=_why_not_asked,
    ),
    _act(
        name="pause_all",
        label=_("Write down a break"),
        question=_("Write down a break for these people?"),
        button=_("Write down the break"),
        done=ngettext_lazy("%(n)s person has a break.", "%(n)s people have a break.", "n"),
        do=_pause,
        form=PauseAllForm,
    ),
    _act(
        name="keep_all",
        label=_("Keep them for six more months"),
        question=_("Keep these people for six more months?"),
        button=_("Keep them"),
        done=ngettext_lazy("%(n)s person is kept.", "%(n)s people are kept.", "n"),
        do=_keep,
        skips=lambda row: HELD if row.state == RegistrationState.HELD else "",
    ),
    _act(
        name="close_all",
        label=_("Close their registrations"),
        question=_("Close these registrations? A place that they have is free again."),
        button=_("Close them"),
        done=ngettext_lazy("%(n)s registration is closed.", "%(n)s registrations are closed.", "n"),
        do=_close,
        form=CloseAllForm,
        word=_("close"),
        wants_fresh_log_in=True,
    ),
)
