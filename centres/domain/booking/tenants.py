"""What an organisation that borrows a room or a licence every week is told."""

from datetime import datetime

from django.utils import timezone

from centres import mail
from centres.models import ContactPerson, Slot
from linkcenter.models import Message

from .skipping import skipped_dates
from .weekly_times import AHEAD


def contact_of(slot: Slot) -> ContactPerson | None:
    """Whom the centre writes to: the first of the organisation's people with an address."""
    people = ContactPerson.objects.filter(organisation__isnull=False, organisation=slot.holder_id)
    return people.exclude(email="").first()


def tell_holder(slot: Slot, *, now: datetime | None = None) -> Message | None:
    """Write which dates of its weekly time fall out, as it stands; nothing without an address."""
    now = now or timezone.now()
    person = contact_of(slot)
    if person is None or slot.given_up_on is not None:
        return None
    today = timezone.localdate(now)
    return mail.weekly_time(slot, person, skipped_dates(slot, today, today + AHEAD), now=now)
