"""The first page of the staff's site: what waits, what is on the calendar, how the nights go."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from centres.access import centres_of
from centres.admin.list_filters import AT
from centres.models import Centre
from groups.today import nightly_jobs
from groups.today.agenda import agenda
from groups.today.staff_tasks import Only
from groups.today.tiles import by_urgency, tiles_for
from linkcenter.personal_data import retention
from participants.responsible import MINE, RESPONSIBLE


def _only(request: HttpRequest, own_centres: list[Centre]) -> Only:
    """What the address asks for, of what the reader has."""
    at = next((each.pk for each in own_centres if str(each.pk) == request.GET.get(AT)), None)
    return Only(centre_id=at, mine=request.GET.get(RESPONSIBLE) == MINE)


def _choices(only: Only) -> list[tuple[str, str, bool]]:
    """Everybody's matters or one's own: the words, the address, and which is shown."""
    both = (_("Everybody's"), False), (_("Mine"), True)
    return [(words, _address(replace(only, mine=mine)), only.mine == mine) for words, mine in both]


def _centres(only: Only, own_centres: list[Centre]) -> list[tuple[str, str, bool]]:
    """All centres or one of them, for those who work at several."""
    if len(own_centres) < 2:
        return []
    each = [(_("All my centres"), None), *((centre.name, centre.pk) for centre in own_centres)]
    return [
        (name, _address(replace(only, centre_id=pk)), only.centre_id == pk) for name, pk in each
    ]


def _address(only: Only) -> str:
    return f"?{urlencode(only.query)}"


class StartPage:
    """For the AdminSite: its index."""

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        user: Any = request.user
        day = timezone.localdate()
        own_centres = list(centres_of(user))
        only = _only(request, own_centres)
        tiles = tiles_for(user, today=day, only=only)
        jobs = list(nightly_jobs.jobs(now=timezone.now()))
        context = {
            "day": day,
            "sections": by_urgency(tiles),
            "calm": [tile for tile in tiles if not tile.count],
            "agenda": agenda(user, today=day, only=only) if own_centres else [],
            "jobs": jobs,
            "late_jobs": sum(job.is_late for job in jobs),
            "held_back": sum(retention.held_back().values()),
            "own_centres": own_centres,
            "whose": _choices(only),
            "where": _centres(only, own_centres),
            "is_demo": settings.DEVELOPMENT,
            **(extra_context or {}),
        }
        return super().index(request, context)  # type: ignore[misc]  # of the AdminSite beside it
