"""What staff write down about an enquiry: one that they heard, and whom to hand one over to."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centres.domain.enquiries import Words
from centres.forms.fields import MunicipalityField
from centres.models import Centre, Enquiry
from centres.states import EnquiryChannel, EnquiryKind
from linkcenter.forms.base import (
    ActForm,
    CleanTextField,
    CrispyMixin,
    MailField,
    OneLineField,
    PhoneField,
    one_of,
    tick,
)

_HEARD = [
    (code, capfirst(label)) for code, label in EnquiryChannel.choices if code != EnquiryChannel.WEB
]
_KINDS = [(code, capfirst(label)) for code, label in EnquiryKind.choices]


class HeardForm(CrispyMixin, forms.Form):
    """Somebody rang, came by, wrote or asked at an event. Everything but how and what is optional.

    ``centres`` are those that the writer answers for. An administrator may leave it to nobody's.
    """

    submit_label = _("Save")

    form_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    channel = one_of(_HEARD, label=_("How did it come?"), ask=_("Choose how it came."))
    kind = one_of(_KINDS, label=_("What was it?"), ask=_("Choose what it was."), initial="question")
    is_done = tick(
        label=_("It is taken care of already"),
        help_text=_("Then it counts, and nothing more has to be done."),
        initial=True,
    )
    text = CleanTextField(
        max_length=1000,
        required=False,
        label=_("What it is about"),
        help_text=_("Only what is needed to answer. Nothing about health."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    municipality = MunicipalityField(required=False, label=_("Municipality"))
    organisation = OneLineField(max_length=120, required=False, label=_("Organisation"))
    name = OneLineField(max_length=80, required=False, label=_("What we may call the person"))
    phone = PhoneField(required=False, label=_("Phone"))
    email = MailField(required=False, label=_("E-mail"))

    def __init__(
        self, data: Any = None, *, centres: QuerySet[Centre], may_be_nobodys: bool, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        own = list(centres)
        self.only_centre = own[0] if len(own) == 1 and not may_be_nobodys else None
        if self.only_centre is None and own:
            self.fields["centre"] = forms.ModelChoiceField(
                centres,
                required=not may_be_nobodys,
                label=_("Which centre is it for?"),
                empty_label=_("For the administrators") if may_be_nobodys else _("Choose a centre"),
                error_messages={
                    "required": _("Choose which centre it is for."),
                    "invalid_choice": _("Choose a centre from the list."),
                },
            )

    def get_layout(self) -> Layout:
        where = ["centre"] if "centre" in self.fields else []
        return Layout(
            "form_id",
            "channel",
            "kind",
            *where,
            "is_done",
            "text",
            Fieldset(_("Who asked"), "municipality", "organisation", "name", "phone", "email"),
        )

    @property
    def centre(self) -> Centre | None:
        return self.only_centre or self.cleaned_data.get("centre")

    def words(self, language: str) -> Words:
        answers = self.cleaned_data
        return Words(
            kind=answers["kind"],
            text=answers["text"],
            name=answers["name"],
            email=answers["email"],
            phone=answers["phone"],
            organisation=answers["organisation"],
            municipality=answers["municipality"],
            language=language,
        )


class HandOverForm(ActForm):
    """Whom an enquiry goes to instead."""

    key = "hand_over"
    submit_label = pgettext_lazy("an enquiry", "Hand over")

    centre: forms.ModelChoiceField = forms.ModelChoiceField(
        Centre.objects.none(),
        required=False,
        label=_("Who can answer better?"),
        empty_label=_("The administrators"),
        error_messages={"invalid_choice": _("Choose a centre from the list.")},
    )

    def __init__(self, *args: Any, enquiry: Enquiry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Centre.objects.current().exclude(pk=enquiry.centre_id)
        choice: Any = self.fields["centre"]
        choice.queryset = others
        if enquiry.centre_id is None:
            choice.required = True
            choice.empty_label = _("Choose a centre")
            choice.error_messages["required"] = _("Choose which centre it is for.")
