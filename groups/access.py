"""Which groups a member of staff may see: those of the centres they work at."""

from django.db.models import QuerySet
from django.http import Http404

from centres.access import centres_of
from groups.models import FollowUp, MatchRun, Seat, SelfHelpGroup
from groups.models.follow_up import FollowUpQuerySet
from groups.models.group import GroupQuerySet
from linkcenter.models import User


def groups_for(user: User) -> GroupQuerySet:
    return SelfHelpGroup.objects.filter(centre__in=centres_of(user))


def group_or_404(user: User, pk: int) -> SelfHelpGroup:
    """The group, for staff of its centre. Others get the answer for a missing one."""
    groups = groups_for(user).select_related("centre", "slot__venue", "theme")
    found = groups.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def follow_ups_for(user: User) -> FollowUpQuerySet:
    """What there is to do for the groups of the user's centres."""
    return FollowUp.objects.filter(group__centre__in=centres_of(user)).of(user)


def seat_or_404(user: User, pk: int, seat_pk: int) -> Seat:
    """The seat in the group, for staff of the group's centre. Others get the answer for a missing
    one."""
    group = group_or_404(user, pk)
    seat = group.seats.select_related("registration__participant").filter(pk=seat_pk).first()
    if seat is None:
        raise Http404
    return seat


def match_runs_for(user: User) -> QuerySet[MatchRun]:
    """The runs of whose centres the user works at every one."""
    own = list(centres_of(user).values_list("pk", flat=True))
    return MatchRun.objects.filter(centre_ids__contained_by=own)


def match_run_or_404(user: User, pk: int) -> MatchRun:
    """The run, for staff of its centres. Others get the answer for a missing one."""
    found = match_runs_for(user).select_related("centre", "run_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
