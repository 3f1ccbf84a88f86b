"""The form of every kind of enquiry: one class, which asks what the kind declares."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from centres.domain.enquiries import Words
from centres.domain.pages.search import served_by
from centres.enquiry_kinds import PLACE, REACH, Kind
from centres.forms.fields import MunicipalityField
from centres.models import Centre
from linkcenter.forms.base import (
    CleanTextField,
    MailField,
    OneLineField,
    PhoneField,
    mark_one_of_two,
    need_one_of_two,
    one_of,
)
from linkcenter.forms.open_forms import OpenFormMixin

ONE_OF_TWO = _("Write a phone number or an e-mail address, so that we can answer you.")
LONGEST_PAGE = 200
_CENTRE_OF = "centres:centre"

AUDIENCES = [
    ("staff", _("Those who work there")),
    ("residents", _("Everybody who lives there")),
    ("both", _("Both")),
]
THINGS = [
    ("room", _("A room")),
    ("licence", _("A video licence")),
    ("both", _("Both, or I am not sure")),
]


class CentreField(forms.ModelChoiceField):
    """A centre from the list, or none: then we find the right one."""

    def __init__(self, **kwargs: Any) -> None:
        current = Centre.objects.current()
        super().__init__(current, to_field_name="slug", required=False, **kwargs)


class QuestionFields(forms.Form):
    """Every question that a kind may ask, with the words and refusals they have in common."""

    what = one_of(
        THINGS,
        label=_("What would you like to borrow?"),
        help_text=_("So that we can see what is free."),
        ask=_("Choose what you would like."),
    )
    audience = one_of(
        AUDIENCES,
        label=_("Who is the meeting for?"),
        help_text=_("So that we tell what is useful to those who come."),
        ask=_("Choose who the meeting is for."),
    )
    organisation = OneLineField(
        max_length=120,
        label=_("Organisation"),
        help_text=_("So that we know whom we talk to."),
        error_messages={"required": _("Write the name of the organisation.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    when = OneLineField(
        max_length=120,
        label=_("Roughly when would it suit you?"),
        help_text=_("Such as a Tuesday in February, before lunch."),
        error_messages={"required": _("Write roughly when, such as Tuesdays after five.")},
    )
    people = OneLineField(
        max_length=40,
        label=_("About how many are you?"),
        help_text=_("Then we find the right room."),
    )
    page = OneLineField(
        max_length=LONGEST_PAGE,
        label=_("Which page is it?"),
        help_text=_("Its name or its address."),
    )
    text = CleanTextField(
        max_length=1000,
        error_messages={"required": _("Write a few words, so that we know what it is about.")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    municipality = MunicipalityField(
        label=_("Which municipality do you live in?"),
        help_text=_("Then it comes to the right centre."),
        error_messages={"required": _("Write the name of the municipality.")},
    )
    centre = CentreField(
        label=_("Which centre is it for?"),
        help_text=_("Do you not know? Then we find the right one."),
        empty_label=_("I do not know"),
        error_messages={"invalid_choice": _("Choose a centre, or that you do not know.")},
    )
    name = OneLineField(
        max_length=80,
        label=_("What may we call you?"),
        help_text=_("So that we know whom to ask for. You need not give your surname."),
        error_messages={"required": _("Write a name that we may call you.")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    phone = PhoneField(label=_("Phone"), help_text=_("So that we can call you."))
    email = MailField(
        label=_("E-mail"), help_text=_("So that we can answer you. You get a receipt as well.")
    )


class EnquiryForm(OpenFormMixin, QuestionFields):
    """The form of one ``kind``. ``centre`` is the one that the address names, if it names one.

    ``about`` is the page that the reader came from to tell that something is wrong with it.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        kind: Kind,
        centre: Centre | None = None,
        about: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.kind = kind
        self.named_centre = centre
        self.about = about
        self.submit_label = kind.submit_label
        questions = self._questions()
        for name in QuestionFields.base_fields:
            if name not in questions:
                del self.fields[name]
        for name in questions:
            question: Any = self.fields[name]
            question.required = name in kind.needs
            question.label = kind.labels.get(name, question.label)
            question.help_text = kind.helps.get(name, question.help_text)
        if kind.needs_answer:
            mark_one_of_two(self)

    def _questions(self) -> list[str]:
        """What the kind asks, without what the address tells already."""
        told = set()
        if self.about:
            told.add("page")
        if self.named_centre:
            told |= {name for name in PLACE if name not in self.kind.needs}
        return [name for name in self.kind.asks if name not in told]

    def get_layout(self) -> Layout:
        questions = self._questions()
        reach = [name for name in questions if name in REACH]
        place = [name for name in questions if name in PLACE]
        rest = [name for name in questions if name not in (*REACH, *PLACE)]
        if len(place) == 1:  # part of the matter, as for a meeting that somebody invites to
            rest, place = [name for name in questions if name not in REACH], []
        parts: list[Any] = [*rest]
        if place:
            parts.append(Fieldset(_("Where you belong"), *place))
        legend = _("How we reach you") if self.kind.needs_answer else _("Would you like an answer?")
        return Layout(*parts, Fieldset(legend, *reach))

    def clean(self) -> Any:
        answers = super().clean()
        if self.kind.needs_answer:
            need_one_of_two(self, ONE_OF_TWO)
        return answers

    def found_centre(self) -> Centre | None:
        """Where it goes: the centre of the address, the chosen one, or the one of the municipality.

        None when nobody is named or nobody serves the place: then the administrators answer.
        """
        if self.named_centre:
            return self.named_centre
        if chosen := self.cleaned_data.get("centre"):
            return chosen
        municipality = self.cleaned_data.get("municipality")
        return served_by(municipality).first() if municipality else None

    def words(self) -> Words:
        """What was asked, as the domain takes it. Answers without a column go into the text."""
        answers = self.cleaned_data
        lines = [
            f"{self.fields[name].label} {self._in_words(name)}"
            for name in ("what", "audience", "when", "people")
            if answers.get(name)
        ]
        return Words(
            kind=self.kind.code,
            text="\n\n".join(part for part in ("\n".join(lines), answers["text"]) if part),
            name=answers.get("name", ""),
            email=answers.get("email", ""),
            phone=answers.get("phone", ""),
            organisation=answers.get("organisation", ""),
            municipality=answers.get("municipality"),
            page=self.about or answers.get("page", ""),
            language=get_language() or "nb",
        )

    def _in_words(self, name: str) -> str:
        answer = self.cleaned_data[name]
        choices: dict[str, Any] = dict(getattr(self.fields[name], "choices", []))
        return str(choices.get(answer, answer))


def page_of(path: str) -> tuple[str, str]:
    """The public page that ``path`` leads to, and the slug of the centre it is about, if any.

    Empty for what is none of ours, and for personal links: they are not to be passed on.
    """
    path = path.partition("?")[0][:LONGEST_PAGE]
    language = translation.get_language_from_path(path) or "nb"
    try:
        with translation.override(language):
            found = resolve(path)
    except Resolver404:
        return "", ""
    if "token" in found.kwargs or found.app_name == "admin":
        return "", ""
    return path, found.kwargs.get("slug", "") if found.view_name == _CENTRE_OF else ""
