"""Who may take out lists as files: a right of its own, which somebody has to give."""

from django.db import transaction
from django.db.models import QuerySet

from centres.models import Centre, StaffRole
from centres.states import CENTRE_ROLES
from linkcenter.models import User


def centres_to_take_out_of(user: User) -> QuerySet[Centre]:
    """The centres whose lists ``user`` may take out."""
    if not user.is_active:
        return Centre.objects.none()
    rights = StaffRole.objects.filter(user=user, role__in=CENTRE_ROLES, may_export=True)
    return Centre.objects.filter(pk__in=rights.values("centre"))


@transaction.atomic
def let_take_out(role: StaffRole, *, may: bool) -> bool:
    """Somebody may take out lists of the centre from now on, or may not. Whether it is new."""
    rows = StaffRole.objects.select_for_update().filter(pk=role.pk, role__in=CENTRE_ROLES)
    return bool(rows.exclude(may_export=may).update(may_export=may))
