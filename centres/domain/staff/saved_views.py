"""Filters of a list that somebody keeps under a name, and finds again."""

from django.db import transaction
from django.db.models import Q, QuerySet

from centres.access import Right, Scope
from centres.models import Centre, SavedView
from linkcenter.models import User


def views_of(user: User, scope: Scope) -> QuerySet[SavedView]:
    """The own ones, and those that colleagues share at the centres of ``scope``."""
    shared = Q(centre__in=scope.centre_ids, owner__is_active=True)
    return SavedView.objects.filter(Q(owner=user) | shared)


def views_to_drop(user: User, scope: Scope) -> QuerySet[SavedView]:
    """The own ones, and those shared at a centre where ``scope`` may drop them."""
    return SavedView.objects.filter(Q(owner=user) | Q(centre__in=scope.where(Right.DROP_FILTERS)))


@transaction.atomic
def keep_view(
    owner: User, *, list_label: str, name: str, query: str, centre: Centre | None = None
) -> SavedView:
    """The filters are there under ``name``, for ``centre`` or for ``owner`` alone.

    What had the same name in the same list is replaced.
    """
    view, _is_new = SavedView.objects.update_or_create(
        owner=owner, list=list_label, name=name, defaults={"query": query, "centre": centre}
    )
    return view
