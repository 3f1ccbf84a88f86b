"""Who may see and change what belongs to a centre. Read from the database on each request."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from centres.models import Centre, StaffRole
from centres.states import CENTRE_ROLES, Role
from linkcenter.models import User


@dataclass(frozen=True)
class Scope:
    """What the roles of one user open: these centres, and the reference data or not."""

    centre_ids: frozenset[int] = frozenset()
    is_administrator: bool = False

    @property
    def is_staff(self) -> bool:
        return self.is_administrator or bool(self.centre_ids)


def scope_of(user: User | AnonymousUser) -> Scope:
    """All that follows from the roles of ``user``, in one query. Strangers get an empty scope."""
    if not user.is_active:
        return Scope()
    roles = StaffRole.objects.filter(user_id=user.pk).values_list("role", "centre_id")
    held = list(roles)
    return Scope(
        centre_ids=frozenset(centre for role, centre in held if role in CENTRE_ROLES),
        is_administrator=any(role == Role.ADMINISTRATOR for role, _centre in held),
    )


def centres_of(user: User | AnonymousUser) -> QuerySet[Centre]:
    """The centres whose people and groups ``user`` works with, as coordinator or lead."""
    if not user.is_active:
        return Centre.objects.none()
    roles = StaffRole.objects.filter(user_id=user.pk, role__in=CENTRE_ROLES)
    return Centre.objects.filter(pk__in=roles.values("centre"))


def is_administrator(user: User | AnonymousUser) -> bool:
    """Whether ``user`` edits centres, staff and reference data. It opens no person's record."""
    return (
        user.is_active
        and StaffRole.objects.filter(user_id=user.pk, role=Role.ADMINISTRATOR).exists()
    )
