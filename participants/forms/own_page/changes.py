"""What people change on their own page: the questions of the interest form, one matter a page."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from centres.forms.fields import WeekAvailabilityField
from centres.states import LegalBasis
from linkcenter.forms.base import CrispyMixin, DateField
from linkcenter.phones import show_phone
from participants.domain.person import consents
from participants.domain.person.consents import Agreement
from participants.domain.registration.pausing import LONGEST_PAUSE, NoSuchPause
from participants.forms.registration.base import PageForm
from participants.forms.registration.consent import ASK, ConsentTick
from participants.forms.registration.group import GroupForm
from participants.forms.registration.later import LaterForm
from participants.forms.registration.person import PersonForm
from participants.forms.registration.times import TimesForm
from participants.models import Participant, Registration
from participants.states import ConsentPurpose, ContactWay

SAVE = _("Save")


class SomeQuestions(PageForm):
    """A page of the interest form that asks only what is named in ``QUESTIONS``."""

    submit_label = SAVE
    QUESTIONS: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(self.QUESTIONS):
            del self.fields[name]


class OwnTimesForm(SomeQuestions, TimesForm):
    """When the person can meet."""

    heading = _("When you can meet")

    QUESTIONS = ("availability",)

    def get_layout(self) -> Layout:
        return Layout(*self.QUESTIONS)


class OwnGroupForm(SomeQuestions, GroupForm):
    """What kind of group, how, and about what. A new theme needs the yes that it is kept."""

    COLUMNS = ("role", "kind", "format", "digital_elsewhere", "themes", "any_theme")
    QUESTIONS = (*COLUMNS, "not_listed")

    def __init__(self, data: Any = None, *, registration: Registration, **kwargs: Any) -> None:
        participant = registration.participant
        initial = {name: getattr(registration, name) for name in self.COLUMNS}
        initial["themes"] = [theme.slug for theme in registration.themes.all()]
        initial["not_listed"] = not (initial["themes"] or registration.any_theme)
        super().__init__(data, centre=participant.centre, initial=initial, **kwargs)
        self.language = get_language() or "nb"
        self.asked = self._purposes() - consents.given(participant)
        for purpose in sorted(self.asked):
            text = consents.current_text(self.centre, purpose, language=self.language)
            self.fields[purpose] = forms.BooleanField(
                label=text.text, widget=ConsentTick(text), required=False
            )

    def _purposes(self) -> set[str]:
        if self.centre.legal_basis == LegalBasis.CONSENT:
            return {ConsentPurpose.THEME, ConsentPurpose.DIGITAL}
        return {ConsentPurpose.DIGITAL}

    def get_layout(self) -> Layout:
        def ticks(purpose: str) -> list[str]:
            return [purpose] if purpose in self.asked else []

        meet = Fieldset(
            _("How you meet"), "format", "digital_elsewhere", *ticks(ConsentPurpose.DIGITAL)
        )
        themes = Fieldset(
            _("Themes"), "themes", "not_listed", "any_theme", *ticks(ConsentPurpose.THEME)
        )
        return Layout("role", "kind", meet, themes)

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        wanted = {
            ConsentPurpose.THEME: bool(answers.get("themes")),
            ConsentPurpose.DIGITAL: bool(answers.get("digital_elsewhere")),
        }
        for purpose in self.asked:
            if wanted[ConsentPurpose(purpose)] and not answers.get(purpose):
                self.add_error(purpose, ASK[ConsentPurpose(purpose)])
        return answers

    def answers(self) -> dict[str, Any]:
        """What ``change_interest`` takes."""
        told = {name: self.cleaned_data[name] for name in self.COLUMNS}
        return told | {"themes": [theme.slug for theme in told["themes"]]}

    def agreement(self) -> Agreement:
        agreed = {purpose for purpose in self.asked if self.cleaned_data.get(purpose)}
        return Agreement(purposes=agreed, language=self.language)


class OwnWishesForm(SomeQuestions, TimesForm, LaterForm):
    """With whom, and what the room must have."""

    heading = _("The people and the room")

    COLUMNS = (
        *("languages", "gender_wish", "age_near_mine", "needs", "practical_needs"),
        "would_initiate",
    )
    ABOUT_YOU = ("gender", "birth_year")
    QUESTIONS = COLUMNS + ABOUT_YOU

    def __init__(self, data: Any = None, *, registration: Registration, **kwargs: Any) -> None:
        participant = registration.participant
        initial = {name: getattr(registration, name) for name in self.COLUMNS}
        initial |= {"birth_year": participant.birth_year, "gender": participant.gender}
        super().__init__(data, centre=participant.centre, initial=initial, **kwargs)

    def get_layout(self) -> Layout:
        return Layout(
            "languages",
            Fieldset(_("The others"), "gender_wish", "gender", "age_near_mine", "birth_year"),
            Fieldset(_("The room"), "needs", "practical_needs"),
            "would_initiate",
        )

    def answers(self) -> dict[str, Any]:
        """What ``change_interest`` takes."""
        return {name: self.cleaned_data[name] for name in self.COLUMNS}

    def about_you(self) -> dict[str, Any]:
        """The fields of a ``Person`` that are asked for here."""
        return {name: self.cleaned_data[name] for name in self.ABOUT_YOU}


class OwnContactForm(SomeQuestions, PersonForm, LaterForm):
    """What to call the person, and how to reach them without telling others."""

    heading = _("How we reach you")

    QUESTIONS = (
        *("name", "phone", "email", "preferred_way", "may_leave_message", "safe_times"),
        "language",
    )

    def __init__(self, data: Any = None, *, participant: Participant, **kwargs: Any) -> None:
        initial = {name: getattr(participant, name) for name in self.QUESTIONS}
        initial["phone"] = show_phone(participant.phone or "")
        super().__init__(data, centre=participant.centre, initial=initial, **kwargs)
        if participant.preferred_way == ContactWay.LETTER:
            way: Any = self.fields["preferred_way"]
            way.choices = ContactWay.choices

    def get_layout(self) -> Layout:
        return Layout(*self.QUESTIONS)

    def answers(self) -> dict[str, Any]:
        """The fields of a ``Person`` that are asked for here."""
        told = {name: self.cleaned_data[name] for name in self.QUESTIONS}
        return told | {"phone": told["phone"] or None, "email": told["email"] or None}


class PauseForm(CrispyMixin, forms.Form):
    """Until when nobody is to suggest anything."""

    submit_label = _("Take a break")

    until = DateField(
        label=_("Until which day?"),
        help_text=_("From that day on we look for a group for you again."),
        error_messages={"required": _("Choose the day when your break ends.")},
    )

    def clean_until(self) -> Any:
        today = timezone.localdate()
        if not today < self.cleaned_data["until"] <= today + LONGEST_PAUSE:
            raise ValidationError(str(NoSuchPause.message), code="out_of_reason")
        return self.cleaned_data["until"]


class SureForm(CrispyMixin, forms.Form):
    """One tick before something that is not done in passing."""

    sure = forms.BooleanField(
        label="",
        error_messages={"required": _("Tick the box if you are sure. Else go back.")},
    )


class WithdrawForm(SureForm):
    submit_label = _("Stop, and take me off the list")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sure"].label = _("Yes, I want to stop")


class EraseForm(SureForm):
    submit_label = _("Delete everything")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sure"].label = _("Yes, delete everything about me")


class TakeBackForm(forms.Form):
    """Which consent is taken back."""

    purpose = forms.ChoiceField(choices=ConsentPurpose)


class AnotherTimeForm(CrispyMixin, forms.Form):
    """When the person can talk, now that the time we had set does not suit."""

    submit_label = _("Give up the time, and send this")

    wishes = WeekAvailabilityField(
        label=_("When does it suit you to talk?"),
        help_text=_(
            "Tick all times that could work. Leave the boxes empty if you do not know yet."
        ),
        required=False,
    )
