"""The forms of the log-in: allauth's own rules in our dress and words."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.core import context
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linkcenter.forms.base import CrispyMixin, MailField
from linkcenter.log_in.tries import take
from linkcenter.models import User

LONGEST_PASSWORD = 200


def password_field(label: Any, *, autocomplete: str, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


class LogInForm(CrispyMixin, allauth_forms.LoginForm):
    submit_label = _("Log in")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = MailField(label=_("E-mail"))
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"] = password_field(_("Password"), autocomplete="current-password")


class PasswordAgainForm(CrispyMixin, allauth_forms.ReauthenticateForm):
    submit_label = _("Go on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = password_field(_("Password"), autocomplete="current-password")


class ForgottenForm(CrispyMixin, forms.Form):
    email = MailField(label=_("E-mail"))
    submit_label = _("Send me a link")


class NewPasswordForm(CrispyMixin, forms.Form):
    """A password, once: who cannot read it back has the browser's own button for it."""

    password = password_field(
        _("New password"),
        autocomplete="new-password",
        help_text=_("At least 12 characters. A short sentence is good."),
    )
    submit_label = _("Save the password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password


class ChangePasswordForm(NewPasswordForm):
    """allauth's view hands over the user and asks to save."""

    oldpassword = password_field(_("Password now"), autocomplete="current-password")
    field_order = ["oldpassword", "password"]

    def clean_oldpassword(self) -> str:
        password: str = self.cleaned_data["oldpassword"]
        tried = take(context.request, self.user.email)
        if not self.user.check_password(password):
            raise get_adapter().validation_error("enter_current_password")
        tried.give_back()
        return password

    @transaction.atomic
    def save(self) -> None:
        self.user.set_password(self.cleaned_data["password"])
        self.user.save(update_fields=["password"])
        self.user.password_links.all().delete()
