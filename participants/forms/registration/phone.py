from typing import Any
from uuid import uuid4

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from centres.states import LegalBasis
from linkcenter.forms.base import CleanTextField, one_of
from participants.domain.person import consents
from participants.domain.person.consents import Agreement
from participants.domain.person.contact import Person
from participants.domain.registration.interest import Interest, purposes_needed
from participants.forms.registration.answers import interest_of, person_of
from participants.forms.registration.consent import ASK
from participants.forms.registration.group import GroupForm
from participants.forms.registration.later import LaterForm
from participants.forms.registration.person import PersonForm
from participants.forms.registration.times import TimesForm
from participants.models import ConsentText
from participants.states import ConsentPurpose, ContactWay, EntryChannel, GivenBy


class PhoneRegistrationForm(GroupForm, TimesForm, PersonForm, LaterForm):
    """Everything on one page: for staff who write while the person is on the phone or beside them.

    The same questions and the same rules as on the web. The consents are read aloud, word for
    word, or signed on paper. The key makes a form that is sent twice one registration.
    """

    submit_label = _("Register")

    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    channel = one_of(
        [
            (code, capfirst(words))
            for code, words in EntryChannel.choices
            if code != EntryChannel.WEB
        ],
        label=_("How did the person come to us?"),
        ask=_("Choose how the person came to us."),
        initial=EntryChannel.PHONE,
    )
    given_by = one_of(
        [(code, capfirst(words)) for code, words in GivenBy.choices if code != GivenBy.WEB],
        label=_("How was the yes given?"),
        ask=_("Choose how the person said yes."),
        initial=GivenBy.SPOKEN,
    )

    postal_address = CleanTextField(
        label=_("Postal address"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For letters. Name, street, postcode and place, as on an envelope."),
    )
    preferred_way = one_of(
        ContactWay,
        label=_("How should we reach the person first?"),
        ask=_("Choose how we should reach the person first."),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, initial={"submission_key": uuid4()}, **kwargs)
        for purpose in self._purposes():
            text = consents.current_text(self.centre, purpose, language=get_language())
            self.fields[purpose.value] = forms.BooleanField(
                label=text.text,
                required=purpose == ConsentPurpose.CONTACT,
                error_messages={"required": ASK[purpose]},
            )

    @property
    def told(self) -> ConsentText | None:
        """What is read aloud to those who are not asked."""
        return consents.told(self.centre, language=get_language() or "nb")

    def _purposes(self) -> list[ConsentPurpose]:
        if self.centre.legal_basis == LegalBasis.CONSENT:
            return [ConsentPurpose.CONTACT, ConsentPurpose.THEME, ConsentPurpose.DIGITAL]
        return [ConsentPurpose.DIGITAL]

    def get_layout(self) -> Layout:
        return Layout(
            "submission_key",
            "channel",
            Fieldset(
                _("The person"),
                "name",
                "phone",
                "email",
                "postal_address",
                "preferred_way",
                "may_leave_message",
                "safe_times",
                "language",
                "municipality",
                "birth_year",
                "gender",
                "is_adult",
            ),
            Fieldset(
                _("The group"),
                "role",
                "kind",
                "format",
                "digital_elsewhere",
                "themes",
                "not_listed",
                "any_theme",
                "availability",
                "languages",
                "gender_wish",
                "age_near_mine",
                "needs",
                "practical_needs",
                "would_initiate",
            ),
            Fieldset(_("More"), "heard_from", "message"),
            Fieldset(
                _("Read aloud, and tick what the person says yes to"),
                *self._purposes(),
                "given_by",
            ),
        )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if self.errors.keys() <= {ConsentPurpose.CONTACT.value}:
            for purpose in self._needed() - self._agreed() - self.errors.keys():
                self.add_error(purpose, ASK[ConsentPurpose(purpose)])
        return answers

    def _check_way(self, answers: dict[str, Any]) -> None:
        """As on the web; but a postal address will do for those who have no other."""
        by_letter = answers.get("preferred_way") == ContactWay.LETTER
        if by_letter and not answers.get("postal_address"):
            self.add_error("postal_address", _("They want letters. Then write the address here."))
        elif not answers.get("postal_address"):
            super()._check_way(answers)

    def _needed(self) -> set[str]:
        return purposes_needed(self.centre, interest_of(self.cleaned_data))

    def _agreed(self) -> set[str]:
        return {each for each in self._purposes() if self.cleaned_data.get(each)}

    def entry(self) -> tuple[Person, Interest, Agreement]:
        """What ``register_interest`` takes, once the form is valid. Channel and actor go beside."""
        agreement = Agreement(
            purposes=frozenset(self._needed() & self._agreed()),
            language=get_language(),
            given_by=self.cleaned_data["given_by"],
        )
        return person_of(self.cleaned_data), interest_of(self.cleaned_data), agreement
