from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linkcenter.forms.base import CleanTextField, one_of
from participants.forms.registration.base import PageForm


class LaterForm(PageForm):
    """What the pages of the interest form do not ask: it comes up when one talks."""

    practical_needs = CleanTextField(
        max_length=200,
        required=False,
        label=_("Is there anything else we should think of?"),
        help_text=_("Such as an interpreter or a bus to catch. Do not write about your health."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    language = one_of(
        settings.LANGUAGES,
        label=_("Which language should we write in?"),
        help_text=_("So that our messages are easy to read."),
        ask=_("Choose the language we should write in."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()
