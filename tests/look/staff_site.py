"""Every page that staff can open, rendered once: those of the admin, and those of our own in it.

The models come from the admin's register and the addresses from the URL configuration, so a new
page is walked without a word here. An address that only posts, or that needs something we have no
example of, has to be named below.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from centres.models import Centre, Enquiry, StaffRole
from centres.states import Role
from groups.models import MatchRun, SelfHelpGroup
from groups.staff_site import handbook
from participants.models import KeepApart, Participant, Registration
from tests import recipes
from tests.look.site import Answer, Values, ask

CENTRE = "link-tromso"
ROWS = 40  # of a list, among which one is looked for that a page shows

# No page that somebody sees in a browser: files, parts of pages, the way in, and what only posts.
NO_PAGE = {
    "admin:app_list", "admin:autocomplete", "admin:jsi18n", "admin:login", "admin:logout",
    "admin:view_on_site", "admin:password_change", "admin:password_change_done",
    "admin:auth_user_password_change", "admin:drop_view", "admin:groups_matchrun_heard",
    "admin:kept", "admin:participants_registration_twice", "admin:saved_view",
}  # fmt: skip


def desk() -> Client:
    """Somebody who leads the first centre and administers all of them: sees every sort of page."""
    centre = Centre.objects.filter(slug=CENTRE).first() or recipes.centre()
    user = recipes.staff(Role.LEAD, centre, name="Turid Tromsø")
    StaffRole.objects.create(user=user, role=Role.ADMINISTRATOR)
    client = Client()
    client.force_login(user)
    return client


def furnish() -> None:
    """What the demo lacks of rows that the first centre's staff keep."""
    people = Participant.objects.filter(centre__slug=CENTRE).order_by("pk")[:2]
    if len(people) == 2:
        KeepApart.objects.create(first=people[0], second=people[1])


def names() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every address under /admin/ by name, with the names of what stands in it."""
    for part in get_resolver().url_patterns:
        if isinstance(part, URLResolver) and part.namespace == "admin":
            yield from _under(part)


def _under(resolver: URLResolver) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            yield from _under(part)
        elif isinstance(part, URLPattern) and part.name:
            yield f"admin:{part.name}", tuple(part.pattern.regex.groupindex)


def model_of(name: str) -> type[Model] | None:
    """The model that an address is about, by the beginning of its name."""
    for model in admin.site._registry:
        if name.startswith(f"admin:{model._meta.app_label}_{model._meta.model_name}_"):
            return model
    return None


def _somebody() -> Values:
    own = Registration.objects.open().filter(participant__centre__slug=CENTRE)
    return [{"pk": row.pk} for row in own.order_by("-pk")[:5]]


def _enquiry() -> Values:
    return [{"pk": row.pk} for row in Enquiry.objects.filter(centre__slug=CENTRE)]


# Where the address is about another row than its name says.
EXAMPLES: dict[str, Callable[[], Values]] = {
    "admin:handbook_chapter": lambda: [{"slug": handbook.SLUGS[0]}],
    "admin:groups_initiator_person": _somebody,
    "admin:groups_initiator_enquiry": _enquiry,
    "admin:groups_matchrun_why": _somebody,
    "admin:groups_selfhelpgroup_for_person": _somebody,
}


def examples(name: str, parameters: tuple[str, ...], client: Client) -> Iterator[dict[str, Any]]:
    """What may stand in the address: rows that the reader sees, the first that makes a page."""
    if not parameters:
        yield {}
    elif name in EXAMPLES:
        yield from EXAMPLES[name]()
    elif model := model_of(name):
        for row in _rows(model, client):
            yield from _filled(row, parameters)


@cache
def _rows(model: type[Model], client: Client) -> list[Any]:
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    shown = client.get(address).context
    rows = list(shown["cl"].queryset[:ROWS]) if shown and "cl" in shown else []
    return rows or list(model._base_manager.all()[:1])


def _filled(row: Any, parameters: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    values = {"object_id": row.pk, "pk": row.pk, "number": 0, "slug": "link-oslo", "answer": "yes"}
    if "seat_pk" in parameters and isinstance(row, SelfHelpGroup):
        values["seat_pk"] = row.seats.values_list("pk", flat=True).first() or 0
    if isinstance(row, MatchRun) and not (row.result or {}).get("groups"):
        values["number"] = 99
    yield {name: values.get(name, 0) for name in parameters}


def pages(client: Client) -> tuple[list[Answer], set[str]]:
    """A page for each address that has one, and the names of those that never gave any answer."""
    found, silent = [], set()
    for name, parameters in names():
        if name in NO_PAGE or name.endswith("_view_on_site"):
            continue
        answer = _first_page(name, parameters, client)
        if answer is None:
            silent.add(name)
        elif answer.status == 200 and answer.is_page:
            found.append(answer)
    return found, silent


def _first_page(name: str, parameters: tuple[str, ...], client: Client) -> Answer | None:
    """The page; else an answer that says that the address only posts, or leads on."""
    other = None
    for values in examples(name, parameters, client):
        try:
            address = reverse(name, kwargs=values)
        except NoReverseMatch:
            args = [values[each] for each in parameters]
            address = reverse(name, args=args)
        answer = ask(name, address + query_of(name), client)
        if answer.status == 200:
            return answer
        if answer.status in (302, 403, 405):
            other = other or answer
    return other


def query_of(name: str) -> str:
    """What has to stand behind the address of a page that is about several people."""
    if name != "admin:linkcenter_message_write":
        return ""
    return "".join(f"?to={values['pk']}" for values in list(_somebody())[:1])


def sheet(client: Client) -> Answer:
    """The words that Django's scripts ask for."""
    return ask("admin:jsi18n", reverse("admin:jsi18n"), client)


def sent_empty(client: Client) -> Iterator[Answer]:
    """What each form to add something says to somebody who presses its button at once."""
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        response = client.post(address, {})
        if response.status_code == 200:
            page = ask("", address, client)
            page.body, page.name = response.text, f"{model.__name__} sent empty"
            yield page
