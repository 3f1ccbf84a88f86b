"""What an administrator does for a colleague who cannot log in."""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linkcenter.admin.pages import staff_page
from linkcenter.log_in import password_links, second_factor
from linkcenter.log_in.reauthentication import fresh
from linkcenter.models import User

PAGE = "admin:linkcenter_user_change"


class AccountActs:
    """For the ModelAdmin of the accounts: a page for each act, which says what will happen."""

    admin_site: Any
    opts: Any
    get_object: Any
    log_change: Any

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("<int:pk>/password-link/", self.password_link_view),
            path("<int:pk>/reset-factor/", self.reset_factor_view),
        ]
        for pattern, name in zip(own, ("password_link", "reset_factor"), strict=True):
            pattern.callback = self.admin_site.admin_view(pattern.callback)
            pattern.name = f"linkcenter_user_{name}"
        return [*own, *super().get_urls()]  # type: ignore[misc]  # of the ModelAdmin beside it

    @admin.display(description=gettext_lazy("second factor"))
    def factor(self, user: User) -> str:
        return _("set up") if second_factor.has_one(user) else _("not set up")

    def password_link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = self._account(request, pk)
        if request.method != "POST":
            return self._ask(
                request,
                user,
                title=_("Send a link for a new password"),
                told=_("The colleague gets an e-mail with a link. It works once, for an hour."),
                button=_("Send the link"),
            )
        if password_links.send(user.pk):
            messages.success(request, _("The link is on its way."))
        else:
            messages.error(request, _("Nothing is sent: the account is closed."))
        return redirect(PAGE, pk)

    @fresh
    def reset_factor_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = self._account(request, pk)
        if request.method != "POST":
            return self._ask(
                request,
                user,
                title=_("Reset the second factor"),
                told=_(
                    "Do you know for sure that it is the colleague who asks? App, passkeys and "
                    "recovery codes stop working, and the colleague is logged out everywhere."
                ),
                button=_("Reset the second factor"),
            )
        second_factor.reset(user)
        self.log_change(request, user, _("Second factor reset."))
        messages.success(request, _("The second factor is gone. The colleague gets an e-mail."))
        return redirect(PAGE, pk)

    def _account(self, request: HttpRequest, pk: int) -> User:
        user: User | None = self.get_object(request, str(pk))
        if user is None:
            raise Http404
        return user

    def _ask(self, request: HttpRequest, user: User, **words: str) -> HttpResponse:
        context = {
            "account": user,
            **words,
        }
        return staff_page(self, request, "admin/centres/user/act.html", context)
