"""One more for a group that is short of people: added and asked in one act of staff."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from groups.domain.asking import ask
from groups.domain.forming import add_person
from groups.models import Seat, SelfHelpGroup
from linkcenter.models import User
from participants.models import Registration


@transaction.atomic
def add_and_ask(
    group: SelfHelpGroup,
    registration: Registration,
    *,
    broken_rules: Collection[str] = (),
    broken_because: str = "",
    actor: User | None,
    now: datetime | None = None,
) -> Seat:
    """The person has a seat in the group and is asked, and nobody else is.

    Raises what ``add_person`` and ``ask`` raise; then the person is not in the group, either.
    """
    now = now or timezone.now()
    seat = add_person(
        group,
        registration,
        broken_rules=broken_rules,
        broken_because=broken_because,
        actor=actor,
        now=now,
    )
    return ask(group, seats=[seat.pk], actor=actor, now=now)[0]
