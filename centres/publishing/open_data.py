"""What is public about centres and events, as data with stable names.

It holds what the pages say and no more: never somebody who has asked for help or signed up, and
never how many they are. ``centres/data/open_data.schema.json`` describes every field.
"""

import json
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from centres.domain.hours.opening import opening_status
from centres.domain.hours.public_holidays import special_days
from centres.domain.pages.cards import Card, all_cards, card
from centres.models import Centre, ContactPerson, Event, Partnership
from centres.states import Attendance, CentreKind, CentreStatus, EventKind, PartnerRole
from centres.web_address import web_address
from linkcenter.database.prepared import NOW, prepared

from .hours_data import hours_data

SCHEMA = Path(__file__).parent.parent / "data" / "open_data.schema.json"
A_YEAR = timedelta(days=365)
TERMS = _("Free to use. Say where it comes from.")
LANGUAGES = [code for code, _name in settings.LANGUAGES]

Data = dict[str, Any]


def centres_document(now: datetime | None = None) -> Data:
    """Every centre, also those that are no more."""
    now = now or timezone.now()
    return {
        **_frame(),
        "public_holidays": _public_holidays(timezone.localdate(now)),
        "centres": [_centre(each, now) for each in all_cards(now)],
    }


def centre_document(slug: str, now: datetime | None = None) -> Data:
    """One centre. Raises ``Centre.DoesNotExist``."""
    now = now or timezone.now()
    return {
        **_frame(),
        "public_holidays": _public_holidays(timezone.localdate(now)),
        "centre": _centre(card(slug, now), now),
    }


def events_document(now: datetime | None = None) -> Data:
    """All that is on at every centre, the next one first."""
    return {**_frame(), "events": [_event(each) for each in _events(now=now or timezone.now())]}


def schema() -> Data:
    """What the documents hold, field by field, as JSON Schema."""
    return {"$id": _address("api:schema"), **_schema()}


@lru_cache(maxsize=1)
def _schema() -> Data:
    found: Data = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return found


@prepared
def _events() -> QuerySet[Event]:
    # Not how to join: that is for those who have a place.
    return Event.objects.to_show(NOW).defer(None).defer("joining", "note")


def _frame() -> Data:
    return {"schema": _address("api:schema"), "terms": _said(TERMS)}


def _address(name: str, *args: Any) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=args)}"


def _pages(name: str, *args: Any) -> dict[str, str]:
    """The address of a page in each language."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = _address(name, *args)
    return found


def _said(words: str | Promise) -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = str(words)
    return found


# By the choice and its kind, never by its words: two may be said alike in one language only.
@lru_cache(maxsize=200, typed=True)
def _choice(value: Any) -> Data:
    return {"code": str(value), "text": _said(value.label)}


def _texts(row: Model, name: str) -> dict[str, str]:
    """The text in each language that there is one in."""
    written = ((language, getattr(row, f"{name}_{language}")) for language in LANGUAGES)
    return {language: text for language, text in written if text}


def _public_holidays(today: date) -> list[Data]:
    """Those of the coming twelve months."""
    return [
        {"date": each.day.isoformat(), "name": _said(each.name)}
        for each in special_days(today, today + A_YEAR)
        if each.is_public
    ]


def _centre(shown: Card, now: datetime) -> Data:
    centre = shown.centre
    taker = shown.registers_at
    return {
        "slug": centre.slug,
        "name": centre.name,
        "full_name": centre.full_name or None,
        "kind": _choice(CentreKind(centre.kind)),
        "status": _choice(CentreStatus(centre.status)),
        "opened_on": _day(centre.valid_from),
        "closed_on": _day(centre.valid_to),
        "checked_on": _day(centre.verified_on),
        "operator": _organisation(centre.operator),
        "contact": {
            "phones": centre.phones,
            "email": centre.email or None,
            "website": web_address(centre.website) or None,
            "facebook": centre.facebook or None,
        },
        "visiting_address": {
            "street": centre.visiting_address or None,
            "postal_code": centre.postal_code or None,
            "postal_place": centre.postal_place or None,
        },
        "coordinates": _coordinates(centre),
        "vision": _texts(centre, "vision"),
        "description": _texts(centre, "description"),
        "notice": _texts(centre, "notice") if shown.notice else {},
        "open_now": _open_now(centre, now),
        "opening_hours": hours_data(centre, today=timezone.localdate(now)),
        "serves": [
            {"number": place.number, "name": place.name, "county": place.county}
            for place in shown.municipalities
        ],
        "people": [_person(person) for person in shown.people],
        "partners": [_partner(each) for each in shown.partnerships],
        "house": {
            "step_free": shown.is_step_free,
            "hearing_loop": shown.has_hearing_loop,
            "own_key": shown.has_own_key,
            "video": shown.has_licence,
        },
        "programmes": [
            {"title": _texts(each, "title"), "summary": _texts(each, "summary")}
            for each in shown.programmes
        ],
        "registers_at": taker.slug if taker else None,
        "links": {
            "page": _pages("centres:centre", centre.slug),
            "registration": _pages("participants:register-centre", taker.slug) if taker else None,
            "card": _pages("centres:centre-card", centre.slug),
            "calendar": _pages("centres:centre-event-feed", centre.slug),
            "data": _address("api:centre", centre.slug),
            "accessibility_statement": centre.accessibility_statement_url or None,
        },
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime | None) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None


def _organisation(organisation: Any) -> Data | None:
    if organisation is None:
        return None
    return {"name": organisation.name, "website": web_address(organisation.website) or None}


def _coordinates(centre: Centre) -> Data | None:
    if centre.latitude is None or centre.longitude is None:
        return None
    return {"latitude": float(centre.latitude), "longitude": float(centre.longitude)}


def _open_now(centre: Centre, now: datetime) -> Data:
    status = opening_status(centre, now)
    return {
        "is_open": status.is_open if status.is_known else None,
        "until": _moment(status.until),
        "opens_next": _moment(status.next_opens),
    }


def _person(person: ContactPerson) -> Data:
    return {
        "name": person.name or None,
        "title": person.title or None,
        "phone": person.phone or None,
        "email": person.email or None,
        "languages": person.languages,
    }


def _partner(each: Partnership) -> Data:
    return {
        "role": _choice(PartnerRole(each.role)),
        **(_organisation(each.organisation) or {}),
        "kroner": each.amount,
        "years": each.years,
        "from_year": each.from_year,
        "to_year": each.to_year,
        "note": each.note or None,
    }


def _event(event: Event) -> Data:
    return {
        "id": event.pk,
        "centre": {"slug": event.centre.slug, "name": event.centre.name},
        "kind": _choice(EventKind(event.kind)),
        "title": _texts(event, "title"),
        "description": _texts(event, "description"),
        "audience": _texts(event, "audience"),
        "starts_at": _moment(event.starts_at),
        "ends_at": _moment(event.ends_at),
        "place": event.place or None,
        "digital": event.digital,
        "language": event.held_in or None,
        "organiser": event.organiser or None,
        "attendance": _choice(Attendance(event.attendance)),
        "cancelled": event.is_cancelled,
        "cancelled_because": event.cancelled_because or None,
        "links": {
            "page": _pages("centres:event", event.pk),
            "calendar": _pages("centres:event-calendar", event.pk),
        },
    }
