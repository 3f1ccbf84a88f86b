"""Personal links: asked for, opened with a button, and gone."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linkcenter.web import errors, limits
from participants import personal_session
from participants.domain.person.link_request import ask_for_link
from participants.domain.person.links import enter, find_link
from participants.domain.person.new_address import confirm_address
from participants.domain.registration import held
from participants.domain.registration.closing import UNDO_WITHIN, undo_by_link
from participants.domain.registration.still_interested import SILENT, answer_by_link
from participants.forms import AskForm
from participants.models import PersonalLink
from participants.states import LinkPurpose, StillAnswer

Act = Callable[[HttpRequest, PersonalLink], HttpResponse | None]


def ask(request: HttpRequest) -> HttpResponse:
    """Send a link to whoever the address or number belongs to, if to anybody."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not limits.spend(limits.SUBMISSIONS, limits.sender(request)):
            return errors.too_often(request)
        email, phone = form.cleaned_data["reach"]
        ask_for_link(email=email, phone=phone)
        return redirect("participants:link-sent")
    return render(request, "participants/ask_for_link.html", {"form": form})


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The same for everybody: who is known here is told in the mail alone."""
    return render(request, "participants/link_sent.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button and nothing about anybody; only the button uses the link up.

    Mail programs open links before people do, some of them with scripts.
    """
    found = find_link(token, *ACTS, now=timezone.now())
    if found is None:
        return _closed(request)
    if request.method == "POST":
        return ACTS[LinkPurpose(found.purpose)](request, found) or _closed(request)
    if found.purpose == LinkPurpose.STILL:
        return _ask_again(request)
    return render(request, "participants/link.html", _WORDS[LinkPurpose(found.purpose)])


def _enter(request: HttpRequest, found: PersonalLink) -> HttpResponse | None:
    now = timezone.now()
    if not enter(found, now=now):
        return None
    personal_session.start(request, found.participant, now=now)
    return redirect("participants:own-page")


def _confirm(request: HttpRequest, found: PersonalLink) -> HttpResponse | None:
    if not confirm_address(found):
        return None
    return redirect("participants:link-done", "adresse")


def _confirm_registration(request: HttpRequest, found: PersonalLink) -> HttpResponse | None:
    return redirect("participants:link-done", "bekreftet") if held.confirm(found) else None


def _undo(request: HttpRequest, found: PersonalLink) -> HttpResponse | None:
    return redirect("participants:link-done", "angret") if undo_by_link(found) else None


def _still(request: HttpRequest, found: PersonalLink) -> HttpResponse | None:
    answer = request.POST.get("answer")
    if answer not in StillAnswer.values:
        return _ask_again(request)
    if not answer_by_link(found, answer=StillAnswer(answer)):
        return None
    return redirect("participants:link-done", _ANSWERED[StillAnswer(answer)])


def _ask_again(request: HttpRequest) -> HttpResponse:
    context = {"answers": StillAnswer, "silent": SILENT, "undo_days": UNDO_WITHIN.days}
    return render(request, "participants/still.html", context)


_ANSWERED = {
    StillAnswer.YES: "fortsatt",
    StillAnswer.CHANGE: "endre",
    StillAnswer.NO: "av-listen",
}
_DONE = {
    "bekreftet": _("Thank you. The centre has your message now, and gets in touch within a week."),
    "adresse": _("Thank you. We write to this address from now on."),
    "angret": _("You are on the list again, with the same date as before."),
    "fortsatt": _("You wait on, with the same date as before."),
    "endre": _(
        "You wait on, with the same date as before. We send you a link to your own page now. There"
        " you can change what you like."
    ),
    "av-listen": _(
        "You are off the list. You can undo it for 14 days, on your own page or by calling us."
    ),
}


@never_cache
@require_safe
def done(request: HttpRequest, code: str) -> HttpResponse:
    """What the button of a link has done. The address holds no token, the page nobody."""
    if code not in _DONE:
        raise Http404
    return render(request, "participants/link_done.html", {"text": _DONE[code]})


_WORDS = {
    LinkPurpose.ENTER: {
        "heading": _("Open your page"),
        "text": _("Press the button to see your own page. The link works once."),
        "button": _("Open my page"),
    },
    LinkPurpose.ADDRESS: {
        "heading": _("Confirm your e-mail address"),
        "text": _("Press the button if we may write to this address from now on."),
        "button": _("Yes, use this address"),
    },
    LinkPurpose.CONFIRM: {
        "heading": _("Was it you who wrote to us?"),
        "text": _("Press the button if it was. Then the centre gets your message."),
        "button": _("Yes, it was me"),
    },
    LinkPurpose.UNDO: {
        "heading": _("Would you like to be on the list after all?"),
        "text": _("Then it is as it was before, with the same date and what you had said yes to."),
        "button": _("Put me on the list again"),
    },
}
ACTS: dict[LinkPurpose, Act] = {
    LinkPurpose.ENTER: _enter,
    LinkPurpose.ADDRESS: _confirm,
    LinkPurpose.CONFIRM: _confirm_registration,
    LinkPurpose.UNDO: _undo,
    LinkPurpose.STILL: _still,
}


def _closed(request: HttpRequest) -> HttpResponse:
    """The same kind page for a link that is used, late, replaced or invented.

    Whoever tries many is told so by the status; a link that works is never held up by them.
    """
    is_within = limits.spend(limits.UNKNOWN_LINKS, limits.sender(request))
    return render(request, "participants/link_closed.html", status=404 if is_within else 429)


@never_cache
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Log out, and let the browser forget what it has kept of these pages."""
    return leave(request, "participants:forgotten")


def leave(request: HttpRequest, to: str) -> HttpResponse:
    personal_session.end(request)
    response = redirect(to)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@never_cache
@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    return render(request, "participants/forgotten.html")
