"""The named views of the list of proposals: to look at, under way, stopped."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from groups.models import MatchRun, SelfHelpGroup
from groups.states import UNDER_WAY, RunState
from linkcenter.admin.named_views import NamedView


def _not_looked_at(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    """The newest run of its centres, with proposals of which none has been accepted."""
    done = MatchRun.objects.filter(centre_ids=OuterRef("centre_ids"), state=RunState.DONE)
    newest = done.order_by("-run_at").values("pk")[:1]
    accepted = SelfHelpGroup.objects.filter(match_run=OuterRef("pk"))
    nothing: dict[str, Any] = {"result__groups": [], "result__joins": []}
    return rows.filter(~Exists(accepted), pk=Subquery(newest)).exclude(**nothing)


NOT_LOOKED_AT = NamedView(
    slug="new",
    title=_("To look at"),
    help=_("The newest proposals. None of them has become a group yet."),
    rows=_not_looked_at,
)


def _stopped(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    """The newest run of its centres, if it came to nothing."""
    runs = MatchRun.objects.filter(centre_ids=OuterRef("centre_ids")).order_by("-run_at")
    return rows.filter(state=RunState.FAILED, pk=Subquery(runs.values("pk")[:1]))


IN_THE_MAKING = NamedView(
    slug="making",
    title=_("Under way"),
    help=_("Proposals that are being made, or wait for their turn."),
    rows=lambda rows, today: rows.filter(UNDER_WAY),
)


STOPPED = NamedView(
    slug="stopped",
    title=_("Stopped"),
    help=_("Something went wrong here. Ask again; if it happens again, tell whoever runs this."),
    rows=_stopped,
)


MATCH_RUN_VIEWS = (NOT_LOOKED_AT, IN_THE_MAKING, STOPPED)
