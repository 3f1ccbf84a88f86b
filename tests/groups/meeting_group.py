"""A group that runs itself, for the tests of its contact's page and of what the centre keeps."""

from datetime import UTC, date, datetime, time

from centres.domain.booking.weekly_times import take_slot
from groups.models import Seat, SelfHelpGroup
from groups.states import GroupState, SeatState
from participants.models import Registration
from tests import recipes

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
TUESDAY = date(2026, 11, 24)


def member(group: SelfHelpGroup, registration: Registration | None = None, **fields) -> Seat:
    """Somebody with a place in the group."""
    said_yes = {"state": SeatState.YES, "asked_at": NOW, "answer_by": TODAY, "answered_at": NOW}
    return recipes.seat(group, registration, **(said_yes | fields))


def running_group(centre, *, members: int = 3, venue=None, **fields) -> SelfHelpGroup:
    """It meets on Tuesdays at 18 and was handed over today; the first member is the contact."""
    slot = take_slot(
        venue or recipes.venue(centre),
        weekday=1,
        starts=time(18),
        first_date=TUESDAY,
        weeks=40,
    )
    defaults = {
        "slot": slot,
        "state": GroupState.SELF_RUN,
        "started_on": TODAY,
        "handed_over_on": TODAY,
        "max_size": 5,
        "min_size": 2,
    }
    group = recipes.group(centre, **(defaults | fields))
    seats = [member(group) for _each in range(members)]
    if seats and group.contact is None:
        group.contact = seats[0]
        group.save(update_fields=["contact"])
    return group
