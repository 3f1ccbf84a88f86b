"""The first page of the staff's site: what waits, what is on the calendar, how the nights go."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from centres.access import centres_of
from groups import today
from groups.agenda import agenda
from linkcenter import retention


class StartPage:
    """For the AdminSite: its index."""

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        user: Any = request.user
        day = timezone.localdate()
        own_centres = list(centres_of(user))
        tiles = today.tiles(user, today=day)
        jobs = list(today.jobs(now=timezone.now()))
        context = {
            "day": day,
            "sections": today.by_urgency(tiles),
            "calm": [tile for tile in tiles if not tile.count],
            "agenda": agenda(user, today=day) if own_centres else [],
            "jobs": jobs,
            "late_jobs": sum(job.is_late for job in jobs),
            "held_back": sum(retention.held_back().values()),
            "own_centres": own_centres,
            "is_demo": settings.DEVELOPMENT,
            **(extra_context or {}),
        }
        return super().index(request, context)  # type: ignore[misc]  # of the AdminSite beside it
