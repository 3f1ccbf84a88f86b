"""Everything that staff see on one group's page."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.admin.asking.forms import AddForm
from groups.admin.asking.panel import add_form, asking_forms, asking_panel
from groups.admin.group.beginning_again import begin_again_forms, begin_again_panel
from groups.admin.group.contact import contact_forms, contact_panel
from groups.admin.group.follow_ups import follow_up_panel
from groups.admin.group.forms import EndForm, LetGoForm, StartMeetingForm
from groups.admin.group.newcomers import about_newcomers, newcomers_form
from groups.admin.group.prints import prints_panel
from groups.admin.group.starting import start_panel
from groups.domain.changed_meanwhile import sealed
from groups.domain.running.newcomers import may_be_offered, meets
from groups.models import Seat, SelfHelpGroup
from groups.proposals.wording import week_rows
from groups.states import GroupState, NoReason, SeatState
from linkcenter.forms.base import ActForm
from linkcenter.models import Activity, Channel

HOW_TOLD = {
    Channel.EMAIL: gettext_lazy("gets an e-mail"),
    Channel.SMS: gettext_lazy("you send a text message"),
    Channel.LETTER: gettext_lazy("you write a letter"),
    Channel.CALL: gettext_lazy("you ring"),
}


@dataclass(frozen=True)
class Step:
    """Something that a group needs on its way, and whether it is done."""

    words: str
    is_done: bool


def group_page(group: SelfHelpGroup, *, filled_in: ActForm | None) -> dict[str, Any]:
    """The context of the page. ``filled_in`` is a form that has something to correct."""
    seats = list(group.seats.select_related("registration__participant", "message").order_by("pk"))
    live = [seat for seat in seats if seat.is_live]
    said = Counter(seat.state for seat in live)
    forms = _forms(group, seats) | ({filled_in.key: filled_in} if filled_in else {})
    asking = asking_panel(group, seats)
    suggested = asking["shortfall"].people if asking.get("shortfall") else []
    return {
        "group": group,
        # Everybody whom the page names, by the key of the person.
        "people": [
            *(seat.registration.participant_id for seat in seats),
            *(registration.participant_id for registration in suggested),
        ],
        # Whom the form to add somebody lists.
        "listed": getattr(forms.get(AddForm.key), "people", []),
        **asking,
        "state_in_words": state_in_words(group, said),
        "steps": list(_steps(group, said)),
        "live_seats": [(seat, _told(seat)) for seat in live],
        "to_ask": [
            (seat, HOW_TOLD[seat.registration.participant.channel])
            for seat in live
            if seat.state == SeatState.PROPOSED
        ],
        "newcomers": about_newcomers(group),
        **begin_again_panel(group),
        "ended_seats": [seat for seat in seats if not seat.is_live],
        "week": week_rows(_can_meet(live), most=len(live)),
        "initiators": group.initiators.all(),
        "no_reasons": NoReason.choices,
        "forms": forms,
        "as_seen": sealed(group, seats),
        "heavy_form": forms.get(LetGoForm.key) or forms.get(EndForm.key),
        "filled_in": filled_in.key if filled_in else "",
        **contact_panel(group),
        **follow_up_panel(group, filled_in=filled_in),
        **start_panel(group, filled_in=filled_in),
        **prints_panel(group),
        "timeline": Activity.objects.filter(
            subject_type=ContentType.objects.get_for_model(group), subject_id=group.pk
        ).latest_first(),
    }


def state_in_words(group: SelfHelpGroup, said: Counter[str]) -> str | Promise:
    """The stored state, with what follows from seats and dates."""
    if group.state == GroupState.FORMING:
        if said[SeatState.ASKED]:
            return _("asking")
        return _("being formed")
    if group.is_starting(timezone.localdate()) and group.started_on is None:
        return _("starting")
    return group.get_state_display()


def _steps(group: SelfHelpGroup, said: Counter[str]) -> Iterator[Step]:
    """What a group needs, in order. A group that has ended needs nothing."""
    if group.state == GroupState.ENDED:
        return
    members, forming = sum(said.values()), group.state == GroupState.FORMING
    need = {"need": group.min_size}
    yield Step(
        _("%(now)s in the group, at least %(need)s needed") % {"now": members, **need},
        members >= group.min_size,
    )
    asked = members - said[SeatState.PROPOSED]
    yield Step(
        _("%(asked)s of %(now)s are asked") % {"asked": asked, "now": members},
        members > 0 and asked == members,
    )
    yield Step(
        _("%(yes)s have said yes, at least %(need)s needed") % {"yes": said[SeatState.YES], **need},
        said[SeatState.YES] >= group.min_size,
    )
    yield Step(_("Time, place and first date are settled"), not forming)
    yield Step(_("The start meeting has been held"), group.started_on is not None)
    yield Step(_("The group runs itself"), group.state == GroupState.SELF_RUN)


def _told(seat: Seat) -> str:
    """How the person was asked, and how far that has come."""
    if seat.message is None or seat.state != SeatState.ASKED:
        return ""
    return f"{seat.message.get_channel_display()}: {seat.message.state_words}"


def _can_meet(seats: list[Seat]) -> Counter[str]:
    return Counter(slot for seat in seats for slot in seat.registration.availability)


def _forms(group: SelfHelpGroup, seats: list[Seat]) -> dict[str, ActForm]:
    """The forms that fit the moment the group is in."""

    def action(act: str) -> str:
        return reverse(f"admin:groups_selfhelpgroup_{act}", args=[group.pk])

    today = timezone.localdate()
    forms: list[ActForm] = []
    if group.is_forming or may_be_offered(group, today=today):
        forms.append(add_form(group))
    if meets(group):
        forms.append(newcomers_form(group))
    forms += begin_again_forms(group)
    forms += asking_forms(group, seats)
    if group.state == GroupState.SETTLED and group.started_on is None:
        held_on = min(group.first_date or today, today)
        forms.append(StartMeetingForm(initial={"held_on": held_on}, action=action("start_meeting")))
    forms += contact_forms(group, action)
    if group.state != GroupState.ENDED:
        if group.started_on is None:
            forms.append(LetGoForm(action=action("let_go")))
        else:
            forms.append(EndForm(action=action("end")))
    return {form.key: form for form in forms}
