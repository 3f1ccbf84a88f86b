from datetime import UTC, date, datetime, time
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Model

from centres.models import Article, Booking, Centre, Event, Slot, Venue
from centres.states import ArticleKind, EventKind
from tests import recipes


def rows_of(centre: Centre, canary: str) -> dict[type[Model], Any]:
    """One row of each model that belongs to a centre, all with a word to look for."""
    venue = recipes.venue(centre, name=f"Rom {canary}")
    span = DateTimeTZRange(
        datetime(2026, 12, 1, 17, tzinfo=UTC), datetime(2026, 12, 1, 19, tzinfo=UTC)
    )
    return {
        Article: Article.objects.create(
            centre=centre, kind=ArticleKind.NEWS, slug=canary, title_nb=canary
        ),
        Booking: Booking.objects.create(venue=venue, span=span),
        Centre: centre,
        Event: Event.objects.create(centre=centre, kind=EventKind.OTHER, title_nb=canary),
        Slot: Slot.objects.create(
            venue=venue, weekday=1, starts=time(18), first_date=date(2026, 12, 1)
        ),
        Venue: venue,
    }
