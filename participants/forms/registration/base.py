"""What the pages of the interest form have in common."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Hidden
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centres.models import Centre
from linkcenter.forms.base import CrispyMixin
from participants.forms.registration import drafts


class PageForm(CrispyMixin, forms.Form):
    """One page of questions. ``draft`` is what the page carries of the other pages, sealed."""

    heading: str | Promise = ""
    submit_label = _("Go on")

    def __init__(self, data: Any = None, *, centre: Centre, draft: str = "", **kwargs: Any) -> None:
        self.centre = centre
        self.draft = draft
        super().__init__(data, **kwargs)

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        if self.draft:
            helper.add_input(Hidden(drafts.FIELD, self.draft))
        return helper
