"""How it stands with a group that is being put together, and what staff can do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from groups.admin.asking.candidates import Candidate, candidates_for
from groups.admin.asking.forms import AddForm, ExtendForm, SettleForm, UnansweredForm, rule_in_words
from groups.domain.asking.reminding import can_be_reminded
from groups.domain.rules import FEWEST, broken_by_adding, broken_by_settling, room_for
from groups.match_input import can_be_placed
from groups.models import Seat, SelfHelpGroup
from groups.proposals.shortfall import shortfall_of
from groups.states import BrokenRule, SeatState
from linkcenter.forms.base import ActForm
from participants.models import Registration


@dataclass(frozen=True)
class HowItStands:
    """The answers so far. ``is_due``: the date has come for everybody who was asked."""

    yes: int
    need: int
    unanswered: int
    to_ask: int
    answer_by: date | None  # of those who have not answered, the latest
    is_due: bool

    @property
    def is_enough(self) -> bool:
        return self.yes >= self.need

    @property
    def can_start(self) -> bool:
        """By breaking rules, if need be."""
        return self.yes >= FEWEST


def how_it_stands(group: SelfHelpGroup, seats: Sequence[Seat], *, today: date) -> HowItStands:
    """``seats``: all that the group has had."""
    states = [seat.state for seat in seats]
    dates = [seat.answer_by for seat in seats if seat.state == SeatState.ASKED and seat.answer_by]
    promised = [seat.answer_by for seat in seats if seat.state == SeatState.YES and seat.answer_by]
    was_asked = any(seat.asked_at for seat in seats)
    to_ask = states.count(SeatState.PROPOSED)
    return HowItStands(
        yes=states.count(SeatState.YES),
        need=max(group.centre.min_to_start, group.min_size),
        unanswered=states.count(SeatState.ASKED),
        to_ask=to_ask,
        answer_by=max(dates, default=None),
        is_due=was_asked and not to_ask and max([*dates, *promised], default=today) <= today,
    )


def asking_panel(group: SelfHelpGroup, seats: Sequence[Seat]) -> dict[str, Any]:
    """What the page of a group being formed says of the answers; what it does not use is empty."""
    broken = [rule_in_words(BrokenRule(rule), group.centre) for rule in group.broken_rules]
    if not group.is_forming:
        return {"broken_on_purpose": broken}
    today = timezone.localdate()
    live = [seat for seat in seats if seat.is_live]
    stands = how_it_stands(group, seats, today=today)
    is_short = len(live) < max(stands.need, group.centre.target_size)
    return {
        "broken_on_purpose": broken,
        "stands": stands,
        "shortfall": shortfall_of(group, seats, today=today) if is_short else None,
        "is_full": len(live) >= room_for(group),
    }


def asking_forms(group: SelfHelpGroup, seats: Sequence[Seat]) -> list[ActForm]:
    """The forms of the panel: to settle, to give more time, and those who have not answered."""
    if not group.is_forming:
        return []
    stands = how_it_stands(group, seats, today=timezone.localdate())
    forms: list[ActForm] = [settle_form(group, seats)]
    if stands.unanswered or stands.yes:
        forms.append(extend_form(group, stands))
    waiting = unanswered(seats)
    if waiting:
        forms.append(unanswered_form(group, waiting))
    return forms


def unanswered(seats: Sequence[Seat]) -> list[Seat]:
    return [seat for seat in seats if seat.state == SeatState.ASKED]


def settle_form(group: SelfHelpGroup, seats: Sequence[Seat], data: Any = None) -> SettleForm:
    """Asks for ticks and a reason where those who have said yes break rules of the centre."""
    yes = [seat for seat in seats if seat.state == SeatState.YES]
    return SettleForm(
        data,
        initial={
            "first_date": group.first_date,
            "broken_rules": group.broken_rules,
            "broken_because": group.broken_because,
        },
        centre=group.centre,
        broken=broken_by_settling(group, yes) if len(yes) >= FEWEST else (),
        action=_address(group, "settle"),
    )


def extend_form(group: SelfHelpGroup, stands: HowItStands, data: Any = None) -> ExtendForm:
    start = max(stands.answer_by or timezone.localdate(), timezone.localdate())
    until = start + timedelta(days=group.centre.answer_days)
    return ExtendForm(data, initial={"answer_by": until}, action=_address(group, "extend"))


def unanswered_form(
    group: SelfHelpGroup, waiting: Sequence[Seat], data: Any = None
) -> UnansweredForm:
    may_be = can_be_reminded(group.seats.all(), today=timezone.localdate())
    ticked = list(may_be.values_list("pk", flat=True)) or [seat.pk for seat in waiting]
    return UnansweredForm(
        data, initial={"seats": ticked}, waiting=waiting, action=_address(group, "unanswered")
    )


def add_form(group: SelfHelpGroup, data: Any = None) -> AddForm:
    """Asks for ticks and a reason where the one who was chosen breaks rules of the centre.

    Somebody lent by another centre can be chosen where the page suggests them.
    """
    candidates = list(candidates_for(group))
    chosen = _chosen(group, (data or {}).get("registration", ""))
    broken: list[BrokenRule] = []
    if chosen is not None:
        if chosen.pk not in {candidate.pk for candidate in candidates}:
            candidates.append(Candidate(chosen.pk, chosen.participant.reference, fits=True))
        live = group.seats.live().select_related("registration__participant")
        if group.is_forming:
            broken = broken_by_adding(group, chosen.participant, live)
    return AddForm(
        data,
        candidates=candidates,
        centre=group.centre,
        broken=broken,
        action=_address(group, "add_person"),
    )


def placeable_or_404(group: SelfHelpGroup, pk: int) -> Registration:
    """Somebody who waits and can be in a group of this centre: its own people, and who is lent."""
    return get_object_or_404(can_be_placed([group.centre], today=timezone.localdate()), pk=pk)


def _chosen(group: SelfHelpGroup, pk: str) -> Registration | None:
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    return can_be_placed([group.centre], today=timezone.localdate()).filter(pk=int(pk)).first()


def _address(group: SelfHelpGroup, act: str) -> str:
    return reverse(f"admin:groups_selfhelpgroup_{act}", args=[group.pk])
