"""A centre in the words of schema.org, so that search engines tell its hours as the page does."""

from collections.abc import Collection
from typing import Any

from centres.domain.hours.opening import Period, Span
from centres.domain.pages.cards import Card
from centres.models import Centre
from centres.states import CentreKind, HoursKind
from centres.web_address import web_address

from .handouts import page_address

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# A place that one can go to. Contact points are often the municipality's own.
TYPES = {
    CentreKind.LINK: ["NGO", "LocalBusiness"],
    CentreKind.CONTACT_POINT: ["LocalBusiness"],
    CentreKind.DISTRICT_OFFICE: ["NGO", "LocalBusiness"],
}


def place(card: Card) -> dict[str, Any]:
    """What search engines may tell of a centre; nothing of one that is gone.

    The hours are those of the door; those of the telephone stand with the telephone. What is empty
    is left out.
    """
    centre, week = card.centre, card.week
    if not centre.is_current:
        return {}
    found = {
        "@context": "https://schema.org",
        "@type": TYPES[CentreKind(centre.kind)],
        "name": centre.name,
        "alternateName": centre.full_name,
        "description": centre.vision,
        "url": page_address(centre),
        "sameAs": _same_as(centre),
        "email": centre.email,
        "telephone": centre.phones[0] if centre.phones else "",
        "address": _address(centre),
        "geo": _geo(centre),
        "areaServed": [each.name for each in card.municipalities],
        "openingHoursSpecification": _week(week, HoursKind.DROP_IN),
        "specialOpeningHoursSpecification": _periods(card.periods, week, HoursKind.DROP_IN),
        "contactPoint": _telephone(centre, week),
        "isAccessibleForFree": True,
    }
    return _filled(found)


def _same_as(centre: Centre) -> list[str]:
    addresses = [centre.website_url]
    if "facebook.com" in centre.facebook:
        addresses.append(web_address(centre.facebook))
    return [address for address in addresses if address]


def _address(centre: Centre) -> dict[str, str]:
    written = {
        "streetAddress": centre.visiting_address,
        "postalCode": centre.postal_code,
        "addressLocality": centre.postal_place,
    }
    if not any(written.values()):
        return {}
    return {"@type": "PostalAddress", **_filled(written), "addressCountry": "NO"}


def _geo(centre: Centre) -> dict[str, Any]:
    if centre.latitude is None or centre.longitude is None:
        return {}
    return {
        "@type": "GeoCoordinates",
        "latitude": float(centre.latitude),
        "longitude": float(centre.longitude),
    }


def _telephone(centre: Centre, week: list[tuple[Span, ...]]) -> dict[str, Any]:
    hours = _week(week, HoursKind.PHONE)
    if not centre.phones or not hours:
        return {}
    return {
        "@type": "ContactPoint",
        "contactType": "customer service",
        "telephone": centre.phones[0],
        "hoursAvailable": hours,
    }


def _week(week: list[tuple[Span, ...]], kind: str) -> list[dict[str, Any]]:
    """The spans of one kind, with the days of equal spans together."""
    days: dict[tuple[str, str], list[str]] = {}
    for name, spans in zip(DAYS, week, strict=False):
        for clocks in _clocks(spans, kind):
            days.setdefault(clocks, []).append(name)
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": names,
            "opens": opens,
            "closes": closes,
        }
        for (opens, closes), names in days.items()
    ]


def _periods(
    periods: list[Period], week: list[tuple[Span, ...]], kind: str
) -> list[dict[str, Any]]:
    """The days that differ. Closed is said as open from midnight to midnight.

    Only where the door has hours at all: else "closed" would say that it is open otherwise.
    """
    if not any(_clocks(spans, kind) for spans in week):
        periods = [period for period in periods if _clocks(period.spans, kind)]
    return [
        {
            "@type": "OpeningHoursSpecification",
            "validFrom": period.first.isoformat(),
            "validThrough": period.last.isoformat(),
            "opens": opens,
            "closes": closes,
        }
        for period in periods
        for opens, closes in _clocks(period.spans, kind) or [("00:00", "00:00")]
    ]


def _clocks(spans: Collection[Span], kind: str) -> list[tuple[str, str]]:
    return [(f"{span.opens:%H:%M}", f"{span.closes:%H:%M}") for span in spans if span.kind == kind]


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", [], {})}
