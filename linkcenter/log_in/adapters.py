"""What django-allauth asks us: our words, our keys, our outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linkcenter import encryption
from linkcenter.log_in import mail, reauthentication, second_factor, session
from linkcenter.models import User

ISSUER = "LINK"

# What allauth would say with a template of its own.
SAID = {
    "account/messages/logged_out.txt": _("You are logged out."),
    "account/messages/password_changed.txt": _("Your password is changed."),
    "mfa/messages/totp_activated.txt": _("The app is set up. It is asked for when you log in."),
    "mfa/messages/totp_deactivated.txt": _("The app is no longer asked for."),
    "mfa/messages/webauthn_added.txt": _("The passkey is saved."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
}

WAYS = {
    "reauthenticate": _("Use the password"),
    "mfa_reauthenticate": _("Use a code"),
    "mfa_reauthenticate:webauthn": _("Use the passkey"),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail or the password is not right. Try again."),
        "incorrect_password": _("The password is not right. Try again."),
        "enter_current_password": _("The password is not right. Write the one you have now."),
        "too_many_login_attempts": _("There were many tries. Wait a while, and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an invitation opens an account."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Paths of our own, and no host at all."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def login(self, request: HttpRequest, user: User) -> None:
        """With all that it takes: password, and what else the account asks for."""
        super().login(request, user)
        session.begin(request, user, now=timezone.now())

    def reauthenticate(self, user: User, password: str) -> bool:
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not reauthentication.is_fresh(self.request)

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """A password alone is not enough where the account has more and the session saw none."""
        methods = super().get_reauthentication_methods(user)
        for method in methods:
            method["description"] = str(WAYS[method["id"]])
        stronger = [method for method in methods if method["id"] != "reauthenticate"]
        return methods if second_factor.has_used_one(self.request) else stronger or methods

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        if text := message or SAID.get(message_template or ""):
            messages.add_message(request, level, str(text), extra_tags=extra_tags)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Whoever's log-in changes hears of it, in case it was somebody else."""
        mail.log_in_changed(user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        raise NotImplementedError("Mails to staff go by the outbox.")


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is not right, or has been used. Wait for the next one."),
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first."),
    }

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(encrypted_text)

    def _get_site_name(self) -> str:
        return ISSUER

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        held = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey %(number)s") % {"number": held + 1}
