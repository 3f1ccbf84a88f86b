"""Registering interest: choose a centre, three pages, check the answers, receipt.

No account and no JavaScript. Nothing is registered before the last button is pressed.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from centres.domain.pages.search import Answer, search
from centres.models import Centre, Municipality
from linkcenter.forms.mail_slips import likely_meant
from linkcenter.forms.open_forms import ONCE_MORE, is_quick
from linkcenter.web import errors, limits
from participants.domain.errors import RegistrationError
from participants.domain.person import consents
from participants.domain.person.consents import Agreement
from participants.domain.person.own_page import heard_by
from participants.domain.registration.interest import purposes_needed
from participants.domain.registration.register import made_from
from participants.domain.registration.web_form import TooOften, take_form
from participants.forms import ConsentForm, TimesForm
from participants.forms.registration import drafts
from participants.forms.registration.drafts import Draft
from participants.forms.registration.pages import FORMS, GROUP, Pages
from participants.forms.registration.summary import rows
from participants.states import ConsentPurpose, EntryChannel, RegistrationState

FROM, FROM_EVENT = "fra", "arrangement"  # as in the address
RECEIPT = "receipt"  # in the session: the key of the form that was sent

View = Callable[..., HttpResponse]


@never_cache
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """What happens with the answers, and which centre they go to."""
    query = request.GET.get("q", "").strip()
    answer = search(query) if query else None
    if answer and (start := _only_way(answer)):
        return redirect(start)
    context = {"query": query, "answer": answer, "centres": _open_centres()}
    return render(request, "participants/register.html", context)


def _open_centres() -> Any:
    return Centre.objects.current().takes_interest().select_related("forwards_to")


def _only_way(answer: Answer) -> str:
    """Where to go on when one centre is meant; else each municipality gets ``open_centres``."""
    places: list[Any] = answer.municipalities
    to_open = Prefetch("centres", queryset=_open_centres(), to_attr="open_centres")
    prefetch_related_objects(places, to_open)
    place = answer.only_municipality
    centres = places[0].open_centres if place else answer.centres
    if len(centres) != 1 or (places and not place):
        return ""
    start = reverse("participants:register-centre", args=[centres[0].slug])
    return f"{start}?kommune={place.number}" if place else start


@never_cache
@require_safe
def register_centre(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for one centre, and the way to begin."""
    asked = _centre(slug)
    centre = asked.registers_at()
    if centre is None:
        return render(request, "participants/not_taking.html", {"centre": asked})
    municipality = _told_municipality(request)
    told = {"kommune": municipality.number} if municipality else {}
    if _comes_from_event(request):
        told[FROM] = FROM_EVENT
    context = {"centre": centre, "asked": asked, "told": urlencode(told)}
    return render(request, "participants/start.html", context)


@never_cache
@require_safe
def under_18(request: HttpRequest) -> HttpResponse:
    """Who helps those whom the groups are not for."""
    return render(request, "participants/under_18.html")


def _centre(slug: str) -> Centre:
    return get_object_or_404(Centre.objects.select_related("forwards_to"), slug=slug)


def _told_municipality(request: HttpRequest) -> Municipality | None:
    return Municipality.objects.filter(number=request.GET.get("kommune", "")).first()


def _comes_from_event(request: HttpRequest) -> bool:
    return request.GET.get(FROM) == FROM_EVENT


def _with_draft(view: View) -> View:
    """Give ``view`` the centre and the draft; lead elsewhere when there is nothing to fill in."""

    @wraps(view)
    def with_draft(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        centre = _centre(slug)
        if not centre.takes_registrations:
            return redirect("participants:register-centre", slug=slug)
        draft = drafts.find(request, centre)
        if request.method == "POST" and made_from(draft.key):
            return _to_receipt(request, draft)
        return view(request, centre, draft, **kwargs)

    return with_draft


def _to_receipt(request: HttpRequest, draft: Draft) -> HttpResponse:
    drafts.forget(request, draft)
    request.session[RECEIPT] = draft.key.hex
    return redirect("participants:receipt")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@_with_draft
def page(request: HttpRequest, centre: Centre, draft: Draft, name: str) -> HttpResponse:
    """One page of questions: show it, or keep what was typed and go on."""
    if name not in FORMS:
        raise Http404
    if request.method == "POST" and "again" not in request.POST:
        return _take_page(request, centre, draft, name)
    if _comes_from_event(request):
        draft.channel = EntryChannel.EVENT
    pages = Pages(centre, draft)
    if not pages.is_next(name):
        return _to(centre, pages)
    told = _told_municipality(request) if name == GROUP else None
    initial = {"municipality": told.name} if told else {}
    return _show_page(request, name, pages.form(name, initial=initial))


def _take_page(request: HttpRequest, centre: Centre, draft: Draft, name: str) -> HttpResponse:
    draft.put(name, request.POST, FORMS[name].base_fields)
    pages = Pages(centre, draft)
    form = pages.form(name, request.POST)
    if isinstance(form, TimesForm) and form.is_under_age:
        drafts.forget(request, draft)
        context = {"centre": centre, "draft": draft.seal()}
        return render(request, "participants/under_18.html", context)
    drafts.keep(request, draft)
    if form.is_valid() or not pages.is_next(name):
        return _to(centre, pages)
    return _show_page(request, name, form)


def _to(centre: Centre, pages: Pages) -> HttpResponse:
    """To the first page that something is missing on, else to all the answers."""
    if missing := pages.first_missing:
        return redirect("participants:register-page", slug=centre.slug, name=missing)
    return redirect("participants:check", slug=centre.slug)


def _show_page(request: HttpRequest, name: str, form: Any) -> HttpResponse:
    names = list(FORMS)
    at = names.index(name)
    context = {
        "centre": form.centre,
        "form": form,
        "number": at + 1,
        "total": len(names),
        "previous": names[at - 1] if at else None,
    }
    return render(request, "participants/page.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@_with_draft
def check(request: HttpRequest, centre: Centre, draft: Draft) -> HttpResponse:
    """All the answers, a yes to each purpose, and the button that sends them."""
    pages = Pages(centre, draft)
    if request.method == "POST":
        drafts.keep(request, draft)
    if pages.first_missing:
        return _to(centre, pages)
    person, interest = pages.entry()
    needed = purposes_needed(centre, interest)
    form = ConsentForm(
        request.POST if request.method == "POST" else None,
        centre=centre,
        draft=draft.seal(),
        purposes=[purpose for purpose in ConsentPurpose if purpose in needed],
    )
    if form.is_valid() and is_quick(draft.begun_at):
        form.add_error(None, ONCE_MORE)
    if form.is_valid():
        agreement = Agreement(purposes=frozenset(needed), language=get_language() or "nb")
        try:
            take_form(
                centre,
                person=person,
                interest=interest,
                agreement=agreement,
                channel=draft.channel,
                submission_key=draft.key,
                sender=limits.sender(request),
                is_trapped=form.is_trapped,
            )
        except TooOften:
            return errors.too_often(request)
        except RegistrationError as error:
            form.add_error(None, str(error.message))
        else:
            return _to_receipt(request, draft)
    context = {
        "centre": centre,
        "form": form,
        "pages": [(name, each.heading, rows(each)) for name, each in pages.filled.items()],
        "told": consents.told(centre, language=get_language() or "nb"),
        "email": person.email,
        "likely_email": likely_meant(person.email or ""),
    }
    return render(request, "participants/check.html", context)


@never_cache
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """What was sent, and what happens next. Reloading shows it again while the session lasts."""
    key = request.session.get(RECEIPT)
    registration = made_from(UUID(hex=key)) if key else None
    if registration is None:
        return redirect("participants:register")
    participant = registration.participant
    context = {
        "participant": participant,
        "centre": participant.centre,
        "heard_by": heard_by(registration),
        "is_held": registration.state == RegistrationState.HELD,
    }
    return render(request, "participants/receipt.html", context)
