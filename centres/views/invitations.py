"""The page that an invitation to work here leads to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from centres.domain.staff import inviting
from centres.forms.invitations import AcceptForm, JoinForm
from centres.models import Invitation
from linkcenter.log_in import password_links
from linkcenter.models import User
from linkcenter.web import errors, limits


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing: mail programs do it before people."""
    found = inviting.find(token, now=timezone.now())
    if found is None:
        if not limits.spend(password_links.UNKNOWN, limits.sender(request)):
            return errors.too_often(request)
        return _closed(request)
    try:
        if User.objects.filter(email=found.email).exists():
            return _accept(request, found)
        return _join(request, found)
    except inviting.InvitingError:
        return _closed(request)


def _join(request: HttpRequest, found: Invitation) -> HttpResponse:
    user = User(email=found.email, name=found.name)
    form = JoinForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        inviting.join(found, password=form.cleaned_data["password"])
        messages.success(request, _("Your account is ready. Log in with your new password."))
        return redirect("account_login")
    return _page(request, found, form=form)


def _accept(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Somebody who works here already: the account that the letter went to has to say yes."""
    user = request.user
    if not isinstance(user, User) or user.email != found.email:
        return _page(request, found, must_log_in=True)
    if request.method == "POST":
        inviting.accept(found, user=user)
        messages.success(request, _("You have the new role."))
        return redirect("admin:index")
    return _page(request, found, form=AcceptForm())


def _page(request: HttpRequest, found: Invitation, **context: object) -> HttpResponse:
    return render(request, "centres/invitation.html", {"invitation": found, **context})


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "centres/invitation_closed.html", status=404)
