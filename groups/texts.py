"""The texts on seats in groups: when each goes, and a group made up to show it with."""

from datetime import time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.models import Slot, Venue
from groups.models import Initiator, Question, Seat, SelfHelpGroup
from groups.states import SettledFormat, SettledKind
from linkcenter.messages.texts import declare
from linkcenter.models import Channel
from participants.texts import somebody


def _seat(centre: Any) -> dict[str, Any]:
    today = timezone.localdate()
    venue = Venue(name="1", centre=centre)
    group = SelfHelpGroup(
        centre=centre,
        kind=SettledKind.SOCIAL,
        format=SettledFormat.PHYSICAL,
        min_size=4,
        max_size=8,
        first_date=today + timedelta(days=21),
        paused_until=today + timedelta(days=7),
    )
    return somebody(centre) | {
        "seat": Seat(answer_by=today + timedelta(days=7), known_until=today + timedelta(weeks=12)),
        "group": group,
        "slot": Slot(
            weekday=1, starts=time(18), venue=venue, first_date=today + timedelta(days=21)
        ),
        "answer_by": today + timedelta(days=7),
        "decade": 40,
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
declare("moved_meeting", when=_("A group meets at another time or place"), example=_seat)
declare("joined", when=_("Somebody has a place in a group that meets already"), example=_seat)
declare("group_no", when=_("The group takes nobody in now"), example=_seat)
declare("newcomer", when=_("The contact is asked whether somebody may join"), example=_seat)
declare("ended", when=_("The group has ended"), example=_seat)


def _initiator(centre: Any) -> dict[str, Any]:
    return _seat(centre) | {"participant": Initiator(name="Kari")}


INITIATORS = (Channel.EMAIL, Channel.SMS)
declare(
    "initiator_asked",
    when=_("An initiator is asked to help"),
    example=_initiator,
    channels=INITIATORS,
)
declare(
    "initiator_settled",
    when=_("Time and place are set, or have changed, for an initiator"),
    example=_initiator,
    channels=INITIATORS,
)
declare(
    "initiator_released",
    when=_("An initiator is not needed after all"),
    example=_initiator,
    channels=INITIATORS,
    has_link=False,
)
declare(
    "initiator_link",
    when=_("An initiator gets a new link"),
    example=_initiator,
    channels=INITIATORS,
)

declare("contact", when=_("Somebody is the contact of a group"), example=_seat)
declare("contact_link", when=_("The contact gets a new link"), example=_seat)
declare("contact_before", when=_("Somebody else is the contact now"), example=_seat, has_link=False)
declare("handed_over_contact", when=_("A group runs itself: to its contact"), example=_seat)
declare("handed_over", when=_("A group runs itself: to the others"), example=_seat, has_link=False)
declare("time_in_use", when=_("Every half-year: is the time still used?"), example=_seat)
declare("break_ends", when=_("A week before a break is over"), example=_seat)
declare("begun_again", when=_("Somebody has signed up to begin again"), example=_seat)
