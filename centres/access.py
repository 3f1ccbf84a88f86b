"""Who may see and change what belongs to a centre. Read from the database on each request.

A role (``StaffRole``) opens a centre. A ``Scope`` is all that the roles of one user open, and says
what not everybody at a centre may (``Right``). The functions below it give rows: those of the
centres where a user works. The admin asks through ``centres.admin.scope``, other pages here.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from centres.models import Centre, Enquiry, Event, Key, StaffRole, Venue
from centres.models.enquiries import OPEN_ENQUIRY, EnquiryQuerySet
from centres.models.events import EventQuerySet
from centres.models.house import VenueQuerySet
from centres.models.keys import KeyQuerySet
from centres.states import CENTRE_ROLES, NATIONAL_ROLES, Role
from linkcenter.models import User


class Right(StrEnum):
    """What not everybody who works at a centre may do there. All else they do alike."""

    DELETE_PERSON = "delete everything about a person at once, when the person asks for it"
    INVITE = "invite colleagues to work there"
    LET_EXPORT = "say who may take out lists as files"
    SEE_READERS = "see by name who has opened a person's record"
    DROP_FILTERS = "drop the filters that a colleague shares there"


# The table that ``docs/rights.md`` shows together with what administrators may.
HOLDERS: dict[Right, tuple[Role, ...]] = {
    Right.DELETE_PERSON: (Role.LEAD,),
    Right.INVITE: (Role.LEAD, Role.ADMINISTRATOR),
    Right.LET_EXPORT: (Role.LEAD,),
    Right.SEE_READERS: (Role.LEAD,),
    Right.DROP_FILTERS: (Role.LEAD,),
}


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
    held = list(_roles(user).values_list("role", "centre_id"))
    return Scope(
        centre_ids=frozenset(centre for role, centre in held if role in CENTRE_ROLES),
        lead_ids=frozenset(centre for role, centre in held if role == Role.LEAD),
        is_administrator=any(role == Role.ADMINISTRATOR for role, _centre in held),
        reads_numbers=any(role in NATIONAL_ROLES for role, _centre in held),
    )


def request_scope(request: HttpRequest) -> Scope:
    """The scope of who asks, read once a request."""
    scope = getattr(request, "_centre_scope", None)
    if scope is None:
        scope = scope_of(request.user)
        request._centre_scope = scope  # type: ignore[attr-defined]  # a note on this request
    return scope


def is_administrator(user: User | AnonymousUser) -> bool:
    """Whether ``user`` edits centres, staff and reference data. It opens no person's record."""
    return _roles(user).filter(role=Role.ADMINISTRATOR).exists()


def centres_of(user: User | AnonymousUser) -> QuerySet[Centre]:
    """The centres whose people and groups ``user`` works with, as coordinator or lead."""
    return Centre.objects.filter(pk__in=_own(user))


def centres_for(user: User | AnonymousUser) -> QuerySet[Centre]:
    """The centres whose pages ``user`` keeps right: the own ones, or all for an administrator."""
    return Centre.objects.filter(_administers(user) | Q(pk__in=_own(user)))


def events_for(user: User | AnonymousUser) -> EventQuerySet:
    """The events whose people ``user`` may see: those of the own centres."""
    return Event.objects.filter(centre__in=_own(user))


def event_or_404(user: User | AnonymousUser, pk: int) -> Event:
    """The event with its people, for staff of its centre. Others get the answer for a missing one.

    An administrator, who may change the event itself, is among the others.
    """
    return get_object_or_404(events_for(user).select_related("centre"), pk=pk)


def keys_for(user: User | AnonymousUser) -> KeyQuerySet:
    """The keys that ``user`` lends and takes back: those of the own centres."""
    return Key.objects.filter(venue__centre__in=_own(user))


def venues_for(user: User | AnonymousUser) -> VenueQuerySet:
    """The rooms and licences that ``user`` gives away: those of the own centres.

    All of them for an administrator, who alone looks after those that all centres share.
    """
    return Venue.objects.filter(_administers(user) | Q(centre__in=_own(user)))


def enquiries_for(user: User | AnonymousUser) -> EnquiryQuerySet:
    """The enquiries that ``user`` answers: those of the own centres.

    Administrators answer those that came to no centre, and open ones of a centre where nobody works
    with this yet, since nobody else would ever read them.
    """
    nobodys = Q(centre=None) | (OPEN_ENQUIRY & ~Q(centre__in=_staffed()))
    return Enquiry.objects.filter(Q(centre__in=_own(user)) | (_administers(user) & nobodys))


def colleagues_of(centre: Centre) -> QuerySet[User]:
    """Those who work with the people of ``centre``."""
    at_work = StaffRole.objects.filter(centre=centre, role__in=CENTRE_ROLES)
    return User.objects.filter(is_active=True, pk__in=at_work.values("user")).order_by("name", "pk")


def is_staffed(centre: Centre) -> bool:
    """Whether somebody at ``centre`` reads what comes to it."""
    return _staffed().filter(centre=centre).exists()


def _roles(user: User | AnonymousUser) -> QuerySet[StaffRole]:
    """The roles that ``user`` has: none without an account, or with one that is shut."""
    if not user.is_active:
        return StaffRole.objects.none()
    return StaffRole.objects.filter(user_id=user.pk)


def _own(user: User | AnonymousUser) -> QuerySet[StaffRole, Any]:
    """The keys of the centres where ``user`` is coordinator or lead, for use in a query."""
    return _roles(user).filter(role__in=CENTRE_ROLES).values("centre")


def _administers(user: User | AnonymousUser) -> Q:
    return Q(Exists(_roles(user).filter(role=Role.ADMINISTRATOR)))


def _staffed() -> QuerySet[StaffRole, Any]:
    """The keys of the centres where somebody works with this."""
    at_work = StaffRole.objects.filter(role__in=CENTRE_ROLES, user__is_active=True)
    return at_work.values("centre")
