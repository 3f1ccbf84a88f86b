"""The named views of the list of initiators: who can be asked, and what is missing for others."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from linkcenter.admin.named_views import NamedView


def _active(rows: QuerySet[Any], **facts: Any) -> QuerySet[Any]:
    return rows.filter(active=True, **facts)


AVAILABLE = NamedView(
    slug="available",
    title=_("Can be asked"),
    help=_("Trained, with an agreement, and with room for one more group."),
    rows=lambda rows, today: _active(
        rows, trained_on__isnull=False, agreement_on__isnull=False, max_groups__gt=F("load")
    ),
)
AT_WORK = NamedView(
    slug="at-work",
    title=_("Help a group now"),
    help=_("They help one group or more, until the group runs itself."),
    rows=lambda rows, today: rows.filter(load__gt=0),
)
UNTRAINED = NamedView(
    slug="untrained",
    title=_("Would like to help"),
    help=_("They would like to help groups, and have not been trained. Invite them to a training."),
    rows=lambda rows, today: _active(rows, trained_on__isnull=True),
)
NO_AGREEMENT = NamedView(
    slug="no-agreement",
    title=_("Without an agreement"),
    help=_("Trained, but nothing is signed yet."),
    rows=lambda rows, today: _active(rows, trained_on__isnull=False, agreement_on__isnull=True),
)
INACTIVE = NamedView(
    slug="inactive",
    title=_("Have stopped"),
    help=_("They do not help now. They are deleted after a year."),
    rows=lambda rows, today: rows.filter(active=False),
)
INITIATOR_VIEWS = (AVAILABLE, AT_WORK, UNTRAINED, NO_AGREEMENT, INACTIVE)
