"""Ways to write to the centres: what one can join in on, a form for each, and its receipt."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from centres.access import is_staffed
from centres.domain.enquiries import ask
from centres.enquiry_kinds import BY_SLUG, Kind
from centres.forms.enquiries import EnquiryForm, page_of
from centres.models import Centre, CentreQuerySet, Municipality
from linkcenter.web import errors, limits

CENTRE, PAGE, MUNICIPALITY = "senter", "side", "kommune"  # in the address: they choose, no more


@require_safe
def join(request: HttpRequest) -> HttpResponse:
    """The ways to be a part of it, each with its form."""
    return render(request, "centres/join.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind of enquiry: show its form, or take what was written to those who answer it."""
    declared = _kind(kind)
    about, slug = page_of(request.GET.get(PAGE, "")) if "page" in declared.asks else ("", "")
    centres = Centre.objects.all() if about else Centre.objects.current()
    centre = _centre(request.GET.get(CENTRE, "") or slug, centres)
    form = EnquiryForm(
        request.POST if request.method == "POST" else None,
        kind=declared,
        centre=centre,
        about=about,
        initial={"municipality": _municipality(request)},
    )
    if form.is_valid():
        if not limits.spend(limits.SUBMISSIONS, limits.sender(request)):
            return errors.too_often(request)
        made = ask(form.found_centre(), words=form.words(), form_id=form.form_id)
        return redirect(_receipt(declared, made.centre))
    context = {
        "kind": declared,
        "form": form,
        "centre": centre,
        "about": about,
        "is_staffed": centre is not None and is_staffed(centre),
    }
    return render(request, "centres/enquiry.html", context)


@require_safe
def enquiry_sent(request: HttpRequest, kind: str) -> HttpResponse:
    """What happens next, and whom to call. It tells nothing about who wrote what."""
    centre = _centre(request.GET.get(CENTRE, ""), Centre.objects.current())
    return render(request, "centres/enquiry_sent.html", {"kind": _kind(kind), "centre": centre})


def _kind(slug: str) -> Kind:
    try:
        return BY_SLUG[slug]
    except KeyError:
        raise Http404 from None


def _centre(slug: str, among: CentreQuerySet) -> Centre | None:
    return among.select_related("forwards_to").filter(slug=slug).first() if slug else None


def _municipality(request: HttpRequest) -> str:
    number = request.GET.get(MUNICIPALITY, "")
    found = Municipality.objects.filter(number=number).first() if number else None
    return found.name if found else ""


def _receipt(kind: Kind, centre: Centre | None) -> str:
    address = reverse("centres:enquiry-sent", args=[kind.slug])
    return f"{address}?{urlencode({CENTRE: centre.slug})}" if centre else address
