"""A proposal becomes a group that is being formed: its seats, its place and its initiator held."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from centres.models import Centre, Venue
from groups import matching
from groups.domain.errors import NotInUse, ProposalOutdated
from groups.domain.forming.match_runs import centres_of_run
from groups.domain.forming.new_groups import hold_venue, new_group
from groups.domain.forming.obstacles import obstacles
from groups.domain.initiators.helping import add_initiator
from groups.domain.seats import lock_registrations, take_seat
from groups.match_input import first_date_for, initiator_pk, registrations_by_reference, venue_pk
from groups.models import Initiator, MatchRun, SelfHelpGroup
from groups.states import GroupActivity
from linkcenter.database.constraints import broken_by
from linkcenter.models import User
from linkcenter.timeline import record
from participants.models import Registration


@transaction.atomic
def accept(
    run: MatchRun, number: int, *, actor: User | None, now: datetime | None = None
) -> SelfHelpGroup:
    """Proposal ``number`` of the run is a forming group: seats, venue, time and initiator held.

    Nobody is told yet. Raises ``ProposalOutdated``, ``InitiatorBusy`` or the booking's
    ``VenueTaken`` if the world has moved on since the run, ``NotInUse`` if staff have not said
    that they go on from it.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    if not run.in_use:
        raise NotInUse
    proposed = matching.proposal_from_dict(run.result or {}).groups[number]
    centres = centres_of_run(run)
    members = registrations_by_reference(centres, proposed.members, today=today)
    lock_registrations(member.pk for member in members)
    centre = Centre.objects.select_for_update().get(pk=_owner(centres, proposed, members).pk)
    venue = Venue.objects.filter(pk=venue_pk(proposed.venue)).first()
    initiator = Initiator.objects.filter(pk=initiator_pk(proposed.initiator)).first()
    no_longer = obstacles(run, {number: proposed}, today=today)[number]
    if no_longer or venue is None or initiator is None:
        raise ProposalOutdated
    group = _of_proposal(centre, run, number, proposed.key, now=now)
    hold_venue(group, venue, proposed.key.slot, from_date=first_date_for(centre, today=today))
    add_initiator(group, initiator)
    record(group, GroupActivity.FORMED, actor=actor, now=now)
    for registration in members:
        take_seat(group, registration, actor=actor, now=now)
    return group


def _owner(
    centres: Sequence[Centre], proposed: matching.Group, members: Sequence[Registration]
) -> Centre:
    """The centre that the group will be of: where it meets; by video, that of its homebound people,
    else the one with most of them.
    """
    if proposed.key.centre is not None:
        return next(centre for centre in centres if centre.slug == proposed.key.centre)
    homes = [row.participant.centre_id for row in members if not row.digital_elsewhere]
    homes = homes or [row.participant.centre_id for row in members]
    return max(centres, key=lambda centre: homes.count(centre.pk))


def _of_proposal(
    centre: Centre, run: MatchRun, number: int, key: matching.GroupKey, *, now: datetime
) -> SelfHelpGroup:
    try:
        with transaction.atomic():
            return new_group(centre, key, match_run=run, proposal_number=number, created_at=now)
    except IntegrityError as error:
        if broken_by(error) == "group_proposal_accepted_once":
            raise ProposalOutdated from None
        raise
