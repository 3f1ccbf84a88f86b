"""What staff do with several groups at once."""

from functools import partial
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from groups.admin.shared import REFUSALS
from groups.domain.asking import asking
from groups.domain.asking.reminding import can_be_reminded, extend, remind
from groups.domain.changed_meanwhile import ON_THE_SIDE
from groups.domain.errors import NobodyToRemind
from groups.domain.seats import lock_registrations
from groups.models import Seat, SelfHelpGroup
from linkcenter.admin.bulk import BulkAct, BulkForm, in_order
from linkcenter.forms.base import DateField
from linkcenter.models import User

ALSO = ("live_count", "asked_count", "yes_count")

NOBODY_TO_ASK = _("nobody in it is still to be asked")
NOT_ASKED = _("nobody in it has been asked")


def _people_first(groups: QuerySet[Any]) -> None:
    """Everybody who has a place, and then the groups: the order of every act on a group."""
    seats = Seat.objects.live().filter(group__in=groups.order_by().values("pk"))
    lock_registrations(seats.values_list("registration", flat=True))
    in_order(groups)


def _group(group: Any) -> str:
    return f"{group.name} ({group.get_state_display()})"


def _why_not_asked(group: Any) -> str | Promise:
    proposed = group.live_count - group.asked_count - group.yes_count
    return "" if proposed else NOBODY_TO_ASK


def _why_not_reminded(group: Any) -> str | Promise:
    return "" if group.asked_count else NOT_ASKED


def _ask(group: SelfHelpGroup, answers: dict[str, Any], actor: User) -> None:
    asking.ask(group, actor=actor)


def _remind(group: SelfHelpGroup, answers: dict[str, Any], actor: User) -> None:
    waiting = can_be_reminded(group.seats.all(), today=timezone.localdate())
    if not sum(remind(seat, actor=actor) for seat in list(waiting.order_by("pk"))):
        raise NobodyToRemind


class MoreTimeForm(BulkForm):
    answer_by = DateField(
        label=_("Until which day may they answer?"),
        help_text=_("Who has not answered is told the new day."),
        error_messages={"required": _("Choose the day.")},
    )

    def clean_answer_by(self) -> Any:
        if self.cleaned_data["answer_by"] <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return self.cleaned_data["answer_by"]


def _extend(group: SelfHelpGroup, answers: dict[str, Any], actor: User) -> None:
    extend(group, answer_by=answers["answer_by"], actor=actor)


_act = partial(
    BulkAct,
    hold=_people_first,
    refusals=REFUSALS,
    tell=_group,
    on_the_side=ON_THE_SIDE,
    also=ALSO,
)

GROUP_ACTS = (
    _act(
        name="ask_all",
        label=_("Ask those who are not asked yet"),
        question=_("Ask everybody in these groups who is not asked yet?"),
        button=_("Ask them"),
        done=ngettext_lazy(
            "The people of %(n)s group are asked.", "The people of %(n)s groups are asked.", "n"
        ),
        do=_ask,
        skips=_why_not_asked,
    ),
    _act(
        name="remind_all",
        label=_("Remind those who have not answered"),
        question=_("Remind everybody in these groups who has not answered?"),
        button=_("Remind them"),
        done=ngettext_lazy(
            "The people of %(n)s group are reminded.",
            "The people of %(n)s groups are reminded.",
            "n",
        ),
        do=_remind,
        skips=_why_not_reminded,
    ),
    _act(
        name="extend_all",
        label=_("Give more time to answer"),
        question=_("Give the people of these groups more time to answer?"),
        button=_("Give more time"),
        done=ngettext_lazy(
            "The people of %(n)s group have more time.",
            "The people of %(n)s groups have more time.",
            "n",
        ),
        do=_extend,
        form=MoreTimeForm,
        skips=_why_not_reminded,
    ),
)
