"""Inviting a colleague, and the page on which the colleague says yes."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from centres.models import Centre
from centres.states import CENTRE_ROLES, Role
from linkcenter.forms.base import CrispyMixin, MailField, OneLineField
from linkcenter.log_in.forms import NewPasswordForm


class InviteForm(CrispyMixin, forms.Form):
    """``roles`` and ``centres`` are those that the inviter may give away."""

    submit_label = _("Send the invitation")

    name = OneLineField(label=_("Name"), max_length=80)
    email = MailField(label=_("E-mail"))
    role = forms.ChoiceField(label=_("Role"))
    centre: Any = forms.ModelChoiceField(
        label=_("Centre"),
        queryset=Centre.objects.none(),
        required=False,
        help_text=_("Empty for administrators and for statistics."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, roles: list[Role], centres: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role, role.label) for role in roles]  # type: ignore[attr-defined]
        centre: Any = self.fields["centre"]
        centre.queryset = centres
        if set(roles) <= set(CENTRE_ROLES):
            centre.required, centre.help_text = True, ""
        own = list(centres[:2])
        if len(own) == 1:
            centre.initial = own[0].pk

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email.lower()

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        role, centre = answers.get("role"), answers.get("centre")
        if role in CENTRE_ROLES and centre is None and "centre" not in self.errors:
            self.add_error("centre", ValidationError(_("Choose the centre."), code="no_centre"))
        if role and role not in CENTRE_ROLES and centre is not None:
            told = _("This role is for all the centres. Leave the centre empty.")
            self.add_error("centre", ValidationError(told, code="centre"))
        return answers


class JoinForm(NewPasswordForm):
    submit_label = _("Open my account")


class AcceptForm(CrispyMixin, forms.Form):
    submit_label = _("Say yes")
