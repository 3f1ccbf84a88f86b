"""Saying yes to being moved to another centre: the texts of both, each with a box of its own."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from centres.models import Centre
from linkcenter.forms.base import CrispyMixin, one_of
from participants.domain.person.consents import Agreement, current_text
from participants.domain.registration.moving import asked_for
from participants.forms.registration.consent import ConsentTick
from participants.models import Registration
from participants.states import ConsentPurpose, GivenBy

ASK = {
    ConsentPurpose.MOVE: _("Tick the box if the answers may go to the other centre."),
    ConsentPurpose.CONTACT: _("Tick the box if the other centre may get in touch."),
}


class MoveForm(CrispyMixin, forms.Form):
    """Without the yes to themes, or to groups elsewhere, those stay behind."""

    submit_label = _("Move me to this centre")

    def __init__(
        self, data: Any = None, *, registration: Registration, to: Centre, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.language = get_language() or "nb"
        self.asked = asked_for(registration, to)
        for purpose, centre in self.asked.items():
            text = current_text(centre, purpose, language=self.language)
            self.fields[purpose.value] = forms.BooleanField(
                label=text.text,
                widget=ConsentTick(text),
                required=purpose in ASK,
                error_messages={"required": ASK.get(purpose, "")},
            )

    def get_layout(self) -> Layout:
        here = [each.value for each in self.asked if each == ConsentPurpose.MOVE]
        there = [each.value for each in self.asked if each != ConsentPurpose.MOVE]
        parts = [Fieldset(_("To the centre you leave"), *here)]
        if there:
            parts.append(Fieldset(_("To the centre you come to"), *there))
        return Layout(*parts)

    def agreement(self) -> Agreement:
        agreed = {each for each in self.asked if self.cleaned_data.get(each)}
        return Agreement(purposes=agreed, language=self.language, given_by=self.given_by())

    def given_by(self) -> str:
        return GivenBy.WEB


class ToldMoveForm(MoveForm):
    """The same, read aloud by staff or signed on paper."""

    submit_label = _("Move the person to this centre")

    how = one_of(
        [choice for choice in GivenBy.choices if choice[0] != GivenBy.WEB],
        label=_("How was the yes given?"),
        ask=_("Choose how the person said yes."),
        initial=GivenBy.SPOKEN,
    )

    def get_layout(self) -> Layout:
        return Layout(*super().get_layout().fields, "how")

    def given_by(self) -> str:
        return str(self.cleaned_data["how"])
