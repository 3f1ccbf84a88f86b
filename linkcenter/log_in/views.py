"""The staff's own log-in: allauth's pages with what ours need, and those that it has not."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.views import IndexView
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linkcenter.log_in import password_links, reauthentication, second_factor, session
from linkcenter.log_in.forms import ForgottenForm, NewPasswordForm
from linkcenter.web import errors, limits


def proved_first(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For allauth's pages about the second factor, which ask who it is before they open.

    A form that is posted when that is long ago leads to its page again. allauth would keep it, with
    what came along, and post it by itself.
    """

    @wraps(view)
    def inner(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not reauthentication.is_fresh(request):
            return redirect(request.get_full_path())
        return view(request, **kwargs)

    return inner


class MyLogIn(IndexView):
    """Everything about one's own log-in, and what is missing of it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        held = context["authenticators"]
        codes: RecoveryCodes | None = held.get(second_factor.Type.RECOVERY_CODES)
        return {
            **context,
            "app": held.get(second_factor.Type.TOTP),
            "passkeys": held.get(second_factor.Type.WEBAUTHN, []),
            "codes_left": len(codes.get_unused_codes()) if codes else 0,
            "factor_is_missing": second_factor.is_missing(self.request),
        }


class SetUpApp(ActivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        prove(self.request, second_factor.Type.TOTP)
        return response


class SavePasskey(AddWebAuthnView):
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        prove(self.request, second_factor.Type.WEBAUTHN)
        return response


def prove(request: HttpRequest, kind: str) -> None:
    """This session has seen the new factor; the ones from before it end."""
    user: Any = request.user
    records = get_authentication_records(request, user)
    record_authentication(request, user, second_factor.METHOD, type=kind)
    if not any(record["method"] == second_factor.METHOD for record in records):
        session.end_others(request, user)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """The same answer for everybody: who has an account is told in the mail alone."""
    form = ForgottenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not limits.spend(limits.SUBMISSIONS, limits.sender(request)):
            return errors.too_often(request)
        password_links.ask(form.cleaned_data["email"])
        return redirect("password-link-sent")
    return render(request, "account/forgotten.html", {"form": form})


@never_cache
@require_safe
def link_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "account/link_sent.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    link = password_links.find(token, now=now)
    if link is None:
        if not limits.spend(password_links.UNKNOWN, limits.sender(request), now=now):
            return errors.too_often(request)
        return render(request, "account/link_closed.html", status=404)
    form = NewPasswordForm(request.POST if request.method == "POST" else None, user=link.user)
    if form.is_valid() and password_links.choose(link, form.cleaned_data["password"], now=now):
        messages.success(request, _("Your password is changed. Log in with the new one."))
        return redirect("account_login")
    return render(request, "account/new_password.html", {"form": form})


@login_required
@require_POST
def log_out_everywhere(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    session.end_others(request, user)
    messages.success(request, _("You are logged out everywhere but here."))
    return redirect("mfa_index")
