"""The named views of the list of centres: whose page somebody should look at."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from centres.domain.pages.page_checks import TOO_LONG_AGO
from centres.models import OpeningHours
from centres.states import CURRENT, CentreStatus
from linkcenter.admin.named_views import NamedView

# Early enough to tell the public, whose page names other hours six weeks ahead.
IN_GOOD_TIME = timedelta(days=90)


def _holidays(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    hours = OpeningHours.objects.filter(centre=OuterRef("pk"))
    soon = Q(holidays_approved_until=None) | Q(holidays_approved_until__lt=today + IN_GOOD_TIME)
    return rows.filter(soon, Exists(hours), status=CentreStatus.OPEN)


def _stale(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    long_ago = Q(verified_on=None) | Q(verified_on__lt=today - TOO_LONG_AGO)
    return rows.filter(CURRENT, long_ago)


HOLIDAYS = NamedView(
    slug="holidays",
    title=_("Holidays to look through"),
    help=_("Nobody has looked through the public holidays of the next months."),
    rows=_holidays,
)
UNCHECKED = NamedView(
    slug="unchecked",
    title=_("To be checked"),
    help=_("It is half a year or more since somebody checked that the page is right."),
    rows=_stale,
)
CENTRE_VIEWS = (HOLIDAYS, UNCHECKED)
