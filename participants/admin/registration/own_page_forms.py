"""The forms of people's own page, filled in by staff while the person tells them."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from linkcenter.forms.base import CrispyMixin, OneLineField, one_of
from participants.domain.person.consents import Agreement
from participants.forms import OwnGroupForm
from participants.models import Participant
from participants.states import GivenBy

BY_STAFF = [choice for choice in GivenBy.choices if choice[0] != GivenBy.WEB]


class ToldGroupForm(OwnGroupForm):
    """What kind of group. A new yes is read aloud, word for word, or signed on paper."""

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if self.asked:
            self.fields["given_by"] = one_of(
                BY_STAFF,
                label=_("How was the yes given?"),
                ask=_("Choose how the person said yes."),
                initial=GivenBy.SPOKEN,
                required=False,
            )

    def get_layout(self) -> Layout:
        layout = super().get_layout()
        if not self.asked:
            return layout
        how = Fieldset(_("If you have read a text aloud"), "given_by")
        return Layout(*layout.fields, how)

    def agreement(self) -> Agreement:
        agreement = super().agreement()
        given_by = self.cleaned_data.get("given_by") or GivenBy.SPOKEN
        return Agreement(
            purposes=agreement.purposes, language=agreement.language, given_by=given_by
        )


class EraseOnRequestForm(CrispyMixin, forms.Form):
    """The reference is typed, so that nobody deletes the wrong person in passing."""

    submit_label = _("Delete everything about the person")

    reference = OneLineField(
        max_length=20,
        label=_("Write the person's reference"),
        help_text=_("It stands at the top of the page."),
        error_messages={"required": _("Write the reference, such as D-1042.")},
    )

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        self.participant = participant
        super().__init__(*args, **kwargs)

    def clean_reference(self) -> str:
        text: str = self.cleaned_data["reference"]
        if Participant.pk_of(text) != self.participant.pk:
            raise forms.ValidationError(
                _("This is the reference of somebody else. Write the one of this person.")
            )
        return text
