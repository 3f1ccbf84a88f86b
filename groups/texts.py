"""The texts on seats in groups: when each goes, and a group made up to show it with."""

from datetime import time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.models import Slot, Venue
from groups.models import Question, Seat, SelfHelpGroup
from groups.states import SettledFormat
from linkcenter.letters import declare
from participants.texts import somebody


def _seat(centre: Any) -> dict[str, Any]:
    today = timezone.localdate()
    venue = Venue(name="1", centre=centre)
    group = SelfHelpGroup(
        centre=centre, format=SettledFormat.PHYSICAL, first_date=today + timedelta(days=21)
    )
    return somebody(centre) | {
        "seat": Seat(answer_by=today + timedelta(days=7)),
        "group": group,
        "slot": Slot(weekday=1, starts=time(18), venue=venue),
        "question": Question(about="slot:mon-evening", answer_by=today + timedelta(days=7)),
    }


declare("asked", when=_("Somebody is asked about a place"), example=_seat)
declare("reminder", when=_("The date to answer comes soon, or staff remind"), example=_seat)
declare("extended", when=_("Staff give more time to answer"), example=_seat)
declare("question", when=_("Somebody is asked one question"), example=_seat)
declare("expired", when=_("The date to answer has passed"), example=_seat)
declare("released", when=_("A place is settled without the person"), example=_seat)
declare("let_go", when=_("What they were asked about does not come about"), example=_seat)
declare("settled", when=_("Time and place are set"), example=_seat)
