"""The forms of the second factor: codes of an app, recovery codes, passkeys."""

from datetime import timedelta
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base_forms
from allauth.mfa.recovery_codes import forms as recovery_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linkcenter.forms.base import CrispyMixin, OneLineField
from linkcenter.log_in.second_factor import Type
from linkcenter.log_in.tries import CODE, take
from linkcenter.models import User
from linkcenter.web import limits

LONGEST_CODE = 20
LONGEST_NAME = 60

# An app shows the same code for half a minute: whoever has read it over a shoulder is too late.
CODE_USED = limits.Limit("code of an app", 1, timedelta(days=1))
WORKS = timedelta(minutes=2)  # a code at most, with clocks that differ


def use_up(user: User, code: str) -> None:
    """The code works no second time, in whichever process it is tried."""
    now = timezone.now()
    used = f"{user.pk}:{''.join(filter(str.isalnum, code))}"
    is_new = limits.spend(CODE_USED, used, now=now)
    tomorrow = limits.end(CODE_USED, now=now)
    if tomorrow - now < WORKS:  # it is still the same code when counting begins anew
        limits.spend(CODE_USED, used, now=tomorrow)
    if not is_new:
        raise get_adapter().validation_error("incorrect_code")


def code_field(label: Any, help_text: Any = "") -> OneLineField:
    return OneLineField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_CODE,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "size": 12}
        ),
    )


class LimitedCodeMixin:
    """For the forms that ask for a code of the app or one on paper."""

    user: User

    def clean_code(self) -> str:
        tried = take(context.request, self.user.email, what=CODE)
        code: str = super().clean_code()  # type: ignore[misc]  # of allauth's form beside it
        tried.give_back()
        return code


class CodeOnceMixin(CrispyMixin):
    authenticator: Any
    user: User

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]  # of allauth's form beside it
        if self.authenticator.type == Type.TOTP:
            use_up(self.user, code)
        return code


class CodeForm(LimitedCodeMixin, CodeOnceMixin, base_forms.AuthenticateForm):
    code = code_field(_("Code"), _("From your app, or one of your recovery codes."))
    submit_label = _("Log in")


class CodeAgainForm(LimitedCodeMixin, CodeOnceMixin, base_forms.ReauthenticateForm):
    code = code_field(_("Code"), _("From your app, or one of your recovery codes."))
    submit_label = _("Go on")


class AppForm(CrispyMixin, totp_forms.ActivateTOTPForm):
    code = code_field(_("The code that the app shows"), _("Six digits."))
    submit_label = _("Save")

    def clean_code(self) -> str:
        code: str = super().clean_code()
        use_up(self.user, code)
        return code


class RemoveAppForm(CrispyMixin, totp_forms.DeactivateTOTPForm):
    submit_label = _("Remove the app")


class NewCodesForm(CrispyMixin, recovery_forms.GenerateRecoveryCodesForm):
    submit_label = _("Make new codes")


class AnyAnswerMixin:
    """A browser's answer about a passkey may hold anything: what is none is a wrong one."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]  # of allauth's form beside it
        except (AttributeError, LookupError, TypeError, ValueError):
            raise get_adapter().validation_error("incorrect_code") from None


class PasskeyLogInForm(AnyAnswerMixin, webauthn_forms.LoginWebAuthnForm):
    pass


class PasskeyStepForm(AnyAnswerMixin, webauthn_forms.AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(AnyAnswerMixin, webauthn_forms.ReauthenticateWebAuthnForm):
    pass


class PasskeyForm(webauthn_forms.AddWebAuthnForm):
    name = OneLineField(
        label=_("What you call it"),
        help_text=_("So that you know it again, such as “telephone”."),
        max_length=LONGEST_NAME,
        required=False,
    )
    passwordless = forms.BooleanField(
        label=_("Log in with it alone, without a password"), required=False, initial=True
    )
    field_order = ["name", "passwordless", "credential"]
