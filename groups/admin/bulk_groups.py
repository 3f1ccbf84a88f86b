"""What staff do with several groups, or several follow-ups, at once."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from centres.admin.colleagues import ColleagueForm
from centres.domain.booking import BookingError
from centres.models import Centre
from groups.domain import asking, following_up
from groups.domain.errors import GroupError, NobodyToRemind
from groups.domain.reminding import can_be_reminded, extend, remind
from groups.domain.seats import lock_registrations
from groups.domain.seen import ON_THE_SIDE
from groups.models import FollowUp, Seat, SelfHelpGroup
from linkcenter.bulk import BulkAct, BulkForm, in_order
from linkcenter.models import User
from participants.admin.forms import DateField
from participants.domain.registration import RegistrationError

REFUSALS = (GroupError, BookingError, RegistrationError)

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


GROUP_ACTS = (
    BulkAct(
        name="ask_all",
        label=_("Ask those who are not asked yet"),
        question=_("Ask everybody in these groups who is not asked yet?"),
        button=_("Ask them"),
        done=ngettext_lazy(
            "The people of %(n)s group are asked.", "The people of %(n)s groups are asked.", "n"
        ),
        do=_ask,
        hold=_people_first,
        skips=_why_not_asked,
        refusals=REFUSALS,
        tell=_group,
        on_the_side=ON_THE_SIDE,
        also=ALSO,
    ),
    BulkAct(
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
        hold=_people_first,
        skips=_why_not_reminded,
        refusals=REFUSALS,
        tell=_group,
        on_the_side=ON_THE_SIDE,
        also=ALSO,
    ),
    BulkAct(
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
        hold=_people_first,
        skips=_why_not_reminded,
        refusals=REFUSALS,
        tell=_group,
        on_the_side=ON_THE_SIDE,
        also=ALSO,
    ),
)


# Follow-ups


def _follow_up(row: FollowUp) -> str:
    return f"{row.group.name}: {capfirst(row.get_what_display())}"


def _why_done(row: FollowUp) -> str | Promise:
    return _("it is done already") if row.done_on else ""


def _take_over(row: FollowUp, answers: dict[str, Any], actor: User) -> None:
    following_up.take_over(row, by=actor)


def _mark_done(row: FollowUp, answers: dict[str, Any], actor: User) -> None:
    following_up.mark_done(row, on=timezone.localdate(), actor=actor)


class GiveFollowUpsForm(ColleagueForm):
    def centre_of(self, row: Any) -> Centre:
        centre: Centre = row.group.centre
        return centre


def _give(row: FollowUp, answers: dict[str, Any], actor: User) -> None:
    following_up.take_over(row, by=answers["colleague"])


def _with_group(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("group__centre")


FOLLOW_UP_ACTS = tuple(
    BulkAct(
        name=name,
        label=label,
        question=question,
        button=button,
        done=ngettext_lazy("Saved for %(n)s follow-up.", "Saved for %(n)s follow-ups.", "n"),
        do=do,
        form=form,
        rows=_with_group,
        skips=_why_done,
        refusals=(GroupError,),
        tell=_follow_up,
    )
    for name, label, question, button, do, form in (
        ("take_over", _("I do it"), _("Do you do these?"), _("I do them"), _take_over, BulkForm),
        (
            "give_to",
            _("Give it to a colleague"),
            _("Give these to a colleague?"),
            _("Give them on"),
            _give,
            GiveFollowUpsForm,
        ),
        (
            "mark_done",
            _("Done today"),
            _("Are these done today?"),
            _("Yes, they are done"),
            _mark_done,
            BulkForm,
        ),
    )
)
