"""Somebody rang, came by or was sent by a partner: staff write their interest down for them."""

from typing import Any
from uuid import uuid4

from crispy_forms.layout import Layout
from django import forms

from participants.forms import PhoneRegistrationForm


class EntryForm(PhoneRegistrationForm):
    """The form that staff fill in. Its key makes a form that is sent twice one registration."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, initial={"submission_key": uuid4()}, **kwargs)

    def get_layout(self) -> Layout:
        return Layout("submission_key", *super().get_layout().fields)
