"""The head of the staff's pages: the few places that one always needs, and a list of the rest."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from centres.access import request_scope

APPS = ("participants", "groups", "centres", "linkcenter")  # in the order of the list of all pages


@dataclass(frozen=True)
class Place:
    """Somewhere that the head leads to."""

    title: str | Promise
    url: str
    is_here: bool


# What it is called, its address, and which addresses it is the place of.
_AT_A_CENTRE = (
    (pgettext_lazy("menu", "Today"), "admin:index", ()),
    (
        pgettext_lazy("menu", "People"),
        "admin:participants_registration_changelist",
        ("participants_registration",),
    ),
    (
        pgettext_lazy("menu", "Workbench"),
        "admin:groups_selfhelpgroup_bench",
        ("groups_selfhelpgroup_bench", "groups_selfhelpgroup_group_bench", "groups_matchrun"),
    ),
    (
        pgettext_lazy("menu", "Groups"),
        "admin:groups_selfhelpgroup_changelist",
        ("groups_selfhelpgroup", "groups_followup"),
    ),
    (
        pgettext_lazy("menu", "Messages"),
        "admin:linkcenter_message_changelist",
        ("linkcenter_message",),
    ),
    (
        pgettext_lazy("menu", "Rooms"),
        "admin:centres_venue_week",
        ("centres_venue", "centres_slot", "centres_booking", "centres_key"),
    ),
)
_FOR_ALL_CENTRES = (
    (pgettext_lazy("menu", "Today"), "admin:index", ()),
    (pgettext_lazy("menu", "Centres"), "admin:centres_centre_changelist", ("centres_centre",)),
    (
        pgettext_lazy("menu", "Enquiries"),
        "admin:centres_enquiry_changelist",
        ("centres_enquiry",),
    ),
    (
        pgettext_lazy("menu", "Accounts"),
        "admin:linkcenter_user_changelist",
        ("linkcenter_user", "centres_staffrole"),
    ),
    (
        pgettext_lazy("menu", "Numbers"),
        "admin:groups_statisticssnapshot_changelist",
        ("groups_statisticssnapshot",),
    ),
)
_NUMBERS = _FOR_ALL_CENTRES[-1:]


def places(request: HttpRequest) -> list[Place]:
    """The places that who asks needs most, by what their roles open."""
    scope = request_scope(request)
    if scope.centre_ids:
        chosen: Any = _AT_A_CENTRE
    elif scope.is_administrator:
        chosen = _FOR_ALL_CENTRES
    else:
        chosen = _NUMBERS if scope.reads_numbers else ()
    here = url_name(request)
    fits = {
        name: max(map(len, filter(here.startswith, begins)), default=0)
        for _t, name, begins in chosen
    }
    fits["admin:index"] = int(here == "index")
    best = max(fits.values())
    return [
        Place(title, reverse(name), is_here=bool(best) and fits[name] == best)
        for title, name, _begins in chosen
    ]


def url_name(request: HttpRequest) -> str:
    """The name of the address, without "admin:"; empty where there is none."""
    return (request.resolver_match and request.resolver_match.url_name) or ""


def in_order(app_list: list[Any]) -> list[Any]:
    """The list of all pages: what concerns people first, how the site runs last."""
    return sorted(app_list, key=lambda app: APPS.index(app["app_label"]))
