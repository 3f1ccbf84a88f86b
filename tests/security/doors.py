"""Every address of the staff's workplace, with rows of the two centres in the place of numbers.

The addresses come from the URL configuration. Which row an address asks for follows from the page
that it belongs to; what does not follow stands in ``ASKS_FOR`` and ``PARTS``. An address that fits
no rule is told by ``unknown``, with the place where an example has to be added.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from centres.models import Enquiry, EventSignUp, SavedView
from groups.models import FollowUp, Initiator, Question, Seat
from linkcenter.models import Message
from participants.models import Registration
from tests.security.world import MISSING, Side

HERE = "tests/security/doors.py"

# Addresses of a page whose "pk" is a row of another kind.
ASKS_FOR: dict[str, type[Model]] = {
    "groups_initiator_person": Registration,
    "groups_initiator_enquiry": Enquiry,
    "groups_matchrun_why": Registration,
    "groups_matchrun_heard": Question,
    "saved_view": SavedView,
    "drop_view": SavedView,
}

# What stands in an address beside "pk", by the name that it has there.
PARTS: dict[str, Any] = {
    "seat_pk": Seat,
    "follow_up_pk": FollowUp,
    "initiator_pk": Initiator,
    "sign_up": EventSignUp,
    "message_pk": Message,
    "other_pk": "other",
}

# What stands in an address and is nobody's.
VALUES = {"number": "0", "answer": "yes", "slug": "link-foreign", "key": "x"}

# Addresses of no page of ours, and what is put into them.
OF_THE_SITE: dict[str, dict[str, str]] = {
    "index": {},
    "login": {},
    "logout": {},
    "jsi18n": {},
    "autocomplete": {},
    "password_change": {},
    "password_change_done": {},
    "view_on_site": {"content_type_id": "TYPE"},
    "app_list": {"app_label": "participants"},
    "handbook": {},
    "handbook_chapter": {},
    "language": {},
    "session": {},
    "kept": {},
    "keep_view": {},
    "saved_view": {},
    "drop_view": {},
}

DJANGOS = ("change", "delete", "history")  # what Django does with one row
OBJECTS = ("own", "foreign", "deleted", "missing", "malformed", "own, part", "part of own")
MALFORMED = ("x", "0", "-1", "9" * 30, "%00", "1_5F2", "44\N{DEVANAGARI DIGIT ONE}")


@dataclass(frozen=True)
class Door:
    """One address. ``parameters`` are what has to be put into ``route``, in its order."""

    name: str
    route: str
    parameters: tuple[str, ...]
    model: type[Model] | None

    @property
    def what(self) -> str:
        """What it is for, such as "change" or "add_person"."""
        if self.model is None:
            return self.name
        opts = self.model._meta
        return self.name.removeprefix(f"{opts.app_label}_{opts.model_name}_")

    @property
    def has_row(self) -> bool:
        return bool({"pk", "object_id", "id"} & set(self.parameters)) or self.name == "view_on_site"

    def objects(self) -> tuple[str, ...]:
        if not self.has_row:
            return ("none",)
        parts = [name for name in self.parameters if name in PARTS]
        return OBJECTS if parts else OBJECTS[:5]

    def address(self, own: Side, foreign: Side, which: str) -> str:
        found = self.route
        for name in self.parameters:
            found = found.replace(f"<{name}>", self._value(name, own, foreign, which))
        return found

    def numbers(self, own: Side, foreign: Side, which: str) -> list[str]:
        """What has been put in for rows."""
        rows = [name for name in self.parameters if name not in VALUES]
        return [self._value(name, own, foreign, which) for name in rows]

    def _value(self, name: str, own: Side, foreign: Side, which: str) -> str:
        if name in VALUES:
            return VALUES[name]
        if name in ("app_label", "content_type_id"):
            return OF_THE_SITE[self.name][name]
        row: Any = PARTS.get(name) or ASKS_FOR.get(self.name) or self.model or Registration
        is_part = name in PARTS
        match which:
            case "own" | "none":
                return str(own.rows[row].pk)
            case "foreign":
                return str(foreign.rows[row].pk)
            case "own, part":  # the own page, with a part of the other's
                return str((foreign if is_part else own).rows[row].pk)
            case "part of own":  # the other's page, with a part of the own
                return str((own if is_part else foreign).rows[row].pk)
            case "deleted":
                return str(own.gone)
            case "malformed":
                return MALFORMED[sum(map(ord, self.name)) % len(MALFORMED)]
        return str(MISSING)


@cache
def doors() -> tuple[Door, ...]:
    found = {(door.name, door.route): door for door in _under(get_resolver(), "/", False)}
    return tuple(found.values())


def _under(resolver: URLResolver, start: str, is_admin: bool) -> Iterator[Door]:
    for part in resolver.url_patterns:
        route = _route(part)
        if isinstance(part, URLResolver):
            yield from _under(part, start + route, is_admin or part.namespace == "admin")
        elif is_admin and part.name != "app_list" and part.pattern.regex.pattern != "(?P<url>.*)$":
            names = tuple(re.findall(r"<(\w+)>", start + route))
            yield Door(_name(part, start + route), start + route, names, _model_at(start + route))
        elif is_admin and part.name == "app_list":
            yield Door("app_list", f"{start}<app_label>/", ("app_label",), None)


def _name(part: URLPattern, route: str) -> str:
    """Django's old address of a row has no name: it leads on to the page."""
    model = _model_at(route)
    if part.name or model is None:
        return str(part.name)
    return f"{model._meta.app_label}_{model._meta.model_name}_old"


def _route(part: URLPattern | URLResolver) -> str:
    return re.sub(r"<\w+:(\w+)>", r"<\1>", str(part.pattern))


def _model_at(route: str) -> type[Model] | None:
    """The model whose page has the address."""
    places = {
        f"/admin/{model._meta.app_label}/{model._meta.model_name}/": model
        for model in admin.site._registry
    }
    return next((model for place, model in places.items() if route.startswith(place)), None)


def unknown() -> list[str]:
    """Addresses that follow from no rule, each with what is to be done about it."""
    found = []
    for door in doors():
        if door.model is None and door.name not in OF_THE_SITE:
            found.append(f"{door.route}: add {door.name!r} to OF_THE_SITE in {HERE}")
        known = {*PARTS, *VALUES, "pk", "object_id", "id", "content_type_id", "app_label"}
        strange = set(door.parameters) - known
        found += [f"{door.route}: add {name!r} to PARTS or VALUES in {HERE}" for name in strange]
    return found
