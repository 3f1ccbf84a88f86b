from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linkcenter.forms.open_forms import TrapMixin
from participants.domain.person.consents import current_text
from participants.forms.registration.base import PageForm
from participants.models import ConsentText
from participants.states import ConsentPurpose

ASK = {
    ConsentPurpose.CONTACT: _("Tick the box if we may contact you and look for a group for you."),
    ConsentPurpose.THEME: _("Tick the box if we may keep your themes, or take the themes away."),
    ConsentPurpose.DIGITAL: _(
        "Tick the box if you may be offered a group at another centre, or change that answer."
    ),
}


class ConsentTick(forms.CheckboxInput):
    """A box that is ticked only for the very text it stands before: not for last week's."""

    def __init__(self, text: ConsentText) -> None:
        self.text_id = str(text.pk)
        super().__init__(attrs={"value": self.text_id})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> bool:
        return data.get(name) == self.text_id


class ConsentForm(TrapMixin, PageForm):
    """The last page: a yes to each purpose, in the very words that are kept as what was agreed."""

    heading = _("Check your answers")

    submit_label = _("Send my interest")

    def __init__(self, data: Any = None, *, purposes: list[ConsentPurpose], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.purposes = purposes
        for purpose in purposes:
            text = current_text(self.centre, purpose, language=get_language())
            self.fields[purpose.value] = forms.BooleanField(
                label=text.text,
                widget=ConsentTick(text),
                error_messages={"required": ASK[purpose]},
            )
