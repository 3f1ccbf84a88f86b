"""The end of the right to the group's page: its contact has left, or is somebody else now."""

from datetime import datetime

from groups import contact_mail as mail
from groups import newcomer_mail
from groups.models import Seat, SelfHelpGroup
from linkcenter import outbox
from participants.domain.links import supersede_links
from participants.states import LinkPurpose


def leave_without_contact(seat: Seat, *, now: datetime) -> None:
    """If the person in ``seat`` was the contact, the group has none. The group is locked."""
    if SelfHelpGroup.objects.filter(pk=seat.group_id, contact=seat).update(contact=None):
        seat.group.contact = None
        close_page(seat, now=now)


def close_page(seat: Seat, *, now: datetime) -> None:
    """The page of the group does not open for the person any more, and nothing leads to it."""
    participant, group = seat.registration.participant, seat.group
    supersede_links(participant, LinkPurpose.GROUP, now=now)
    newcomers = [newcomer_mail.matter(one) for one in group.seats.waiting_for_group()]
    own = (mail.matter(group), mail.matter_of_use(group), mail.matter_of_break(group))
    for matter in (*own, *newcomers):
        outbox.cancel(participant, matter=matter)
