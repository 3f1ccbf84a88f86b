"""Who may see and change what belongs to a centre. Read from the database on each request."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Q, QuerySet
from django.shortcuts import get_object_or_404

from centres.models import Centre, Enquiry, Event, Key, StaffRole, Venue
from centres.models.enquiries import OPEN_ENQUIRY, EnquiryQuerySet
from centres.models.events import EventQuerySet
from centres.models.house import VenueQuerySet
from centres.models.keys import KeyQuerySet
from centres.rights import HOLDERS, Right
from centres.states import CENTRE_ROLES, NATIONAL_ROLES, Role
from linkcenter.models import User


@dataclass(frozen=True)
class Scope:
    """What the roles of one user open: these centres, and the reference data or not."""

    centre_ids: frozenset[int] = frozenset()
    lead_ids: frozenset[int] = frozenset()  # those of them that the user leads
    is_administrator: bool = False
    reads_numbers: bool = False  # the reports of all centres, and no more than that

    @property
    def is_staff(self) -> bool:
        return self.is_administrator or bool(self.centre_ids)

    def may(self, right: Right, centre_id: int | None = None) -> bool:
        """Whether the user holds ``right`` at the centre, by one of the roles."""
        holders = HOLDERS[right]
        return (
            (Role.ADMINISTRATOR in holders and self.is_administrator)
            or (Role.LEAD in holders and centre_id in self.lead_ids)
            or (Role.COORDINATOR in holders and centre_id in self.centre_ids)
        )

    def where(self, right: Right) -> frozenset[int]:
        """Those of the own centres at which the user holds ``right``."""
        return frozenset(pk for pk in self.centre_ids if self.may(right, pk))


def scope_of(user: User | AnonymousUser) -> Scope:
    """All that follows from the roles of ``user``, in one query. Strangers get an empty scope."""
    if not user.is_active:
        return Scope()
    roles = StaffRole.objects.filter(user_id=user.pk).values_list("role", "centre_id")
    held = list(roles)
    return Scope(
        centre_ids=frozenset(centre for role, centre in held if role in CENTRE_ROLES),
        lead_ids=frozenset(centre for role, centre in held if role == Role.LEAD),
        is_administrator=any(role == Role.ADMINISTRATOR for role, _centre in held),
        reads_numbers=any(role in NATIONAL_ROLES for role, _centre in held),
    )


def centres_of(user: User | AnonymousUser) -> QuerySet[Centre]:
    """The centres whose people and groups ``user`` works with, as coordinator or lead."""
    if not user.is_active:
        return Centre.objects.none()
    roles = StaffRole.objects.filter(user_id=user.pk, role__in=CENTRE_ROLES)
    return Centre.objects.filter(pk__in=roles.values("centre"))


def centres_for(user: User | AnonymousUser) -> QuerySet[Centre]:
    """The centres whose pages ``user`` keeps right: the own ones, or all for an administrator."""
    if not user.is_active:
        return Centre.objects.none()
    roles = StaffRole.objects.filter(user_id=user.pk)
    administers = Q(Exists(roles.filter(role=Role.ADMINISTRATOR)))
    return Centre.objects.filter(administers | Q(pk__in=centres_of(user).values("pk")))


def is_administrator(user: User | AnonymousUser) -> bool:
    """Whether ``user`` edits centres, staff and reference data. It opens no person's record."""
    return (
        user.is_active
        and StaffRole.objects.filter(user_id=user.pk, role=Role.ADMINISTRATOR).exists()
    )


def colleagues_of(centre: Centre) -> QuerySet[User]:
    """Those who work with the people of ``centre``."""
    at_work = StaffRole.objects.filter(centre=centre, role__in=CENTRE_ROLES)
    return User.objects.filter(is_active=True, pk__in=at_work.values("user")).order_by("name", "pk")


def events_for(user: User | AnonymousUser) -> EventQuerySet:
    """The events whose people ``user`` may see: those of the own centres."""
    return Event.objects.filter(centre__in=centres_of(user))


def keys_for(user: User | AnonymousUser) -> KeyQuerySet:
    """The keys that ``user`` lends and takes back: those of the own centres."""
    return Key.objects.filter(venue__centre__in=centres_of(user))


def venues_for(user: User | AnonymousUser) -> VenueQuerySet:
    """The rooms and licences that ``user`` gives away: those of the own centres.

    All of them for an administrator, who alone looks after those that all centres share.
    """
    if not user.is_active:
        return Venue.objects.none()
    roles = StaffRole.objects.filter(user_id=user.pk)
    administers = Q(Exists(roles.filter(role=Role.ADMINISTRATOR)))
    return Venue.objects.filter(administers | Q(centre__in=centres_of(user).values("pk")))


def event_or_404(user: User | AnonymousUser, pk: int) -> Event:
    """The event with its people, for staff of its centre. Others get the answer for a missing one.

    An administrator, who may change the event itself, is among the others.
    """
    return get_object_or_404(events_for(user).select_related("centre"), pk=pk)


def enquiries_for(user: User | AnonymousUser) -> EnquiryQuerySet:
    """The enquiries that ``user`` answers: those of the own centres.

    Administrators answer those that came to no centre, and open ones of a centre where nobody works
    with this yet, since nobody else would ever read them.
    """
    if not user.is_active:
        return Enquiry.objects.none()
    roles = StaffRole.objects.filter(user_id=user.pk)
    administers = Q(Exists(roles.filter(role=Role.ADMINISTRATOR)))
    nobodys = Q(centre=None) | (OPEN_ENQUIRY & ~Q(centre__in=_staffed()))
    own = Q(centre__in=roles.filter(role__in=CENTRE_ROLES).values("centre"))
    return Enquiry.objects.filter(own | (administers & nobodys))


def is_staffed(centre: Centre) -> bool:
    """Whether somebody at ``centre`` reads what comes to it."""
    return _staffed().filter(centre=centre).exists()


def _staffed() -> QuerySet[StaffRole, Any]:
    """The centres where somebody works with this."""
    at_work = StaffRole.objects.filter(role__in=CENTRE_ROLES, user__is_active=True)
    return at_work.values("centre")
