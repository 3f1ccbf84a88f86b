from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.forms.fields import WeekAvailabilityField
from linkcenter.forms.base import one_of, some_of, tick
from participants.forms.registration.base import PageForm
from participants.forms.registration.fields import BirthYearField
from participants.models.person import ADULT
from participants.states import Gender, GenderWish, Need, SpokenLanguage

OLDEST = 120
UNDER_AGE = "under_age"


class TimesForm(PageForm):
    """The second page: when one can meet, with whom, and what the room must have."""

    heading = _("When you can meet, and whom")

    availability = WeekAvailabilityField(
        label=_("When can you meet?"),
        help_text=_(
            "Tick every time that could work. A group meets for about two hours. "
            "The more you tick, the sooner we can find one."
        ),
    )
    languages = some_of(
        SpokenLanguage,
        label=_("Which languages can you speak in a group?"),
        help_text=_("So that all in the group understand each other."),
        ask=_("Tick at least one language from the list."),
        initial=[SpokenLanguage.NORWEGIAN.value],
    )
    gender_wish = one_of(
        GenderWish,
        label=_("Who else would you like in the group?"),
        help_text=_("Some find it easier to talk among women, or among men."),
        ask=_("Choose who else you would like in the group."),
        initial=GenderWish.ANY,
    )
    gender = one_of(
        [*Gender.choices, ("", _("I would rather not say"))],
        required=False,
        label=_("What is your gender?"),
        help_text=_("Some groups are only for women or only for men."),
        ask=_("Choose one of the answers, or that you would rather not say."),
    )
    age_near_mine = tick(
        label=_("I would like people of about my own age"),
        help_text=_("Else you may meet people of every age."),
    )
    birth_year = BirthYearField(
        required=False,
        label=_("Which year were you born?"),
        help_text=_("It helps us find people of about your age."),
    )
    is_adult = forms.BooleanField(
        label=_("I am 18 or older"),
        help_text=_("The groups are for adults."),
        error_messages={
            "required": _(
                "Tick the box if you are 18 or older. Are you younger? Call 116 111, day or night."
            )
        },
    )
    needs = some_of(
        Need,
        required=False,
        label=_("What must the room have?"),
        help_text=_("We book only rooms that you can use."),
        ask=_("Tick only what is on the list."),
    )
    would_initiate = tick(
        label=_("I might like to help new groups get started"),
        help_text=_("You get training. Tick the box, and we tell you more when we talk."),
    )

    def get_layout(self) -> Layout:
        return Layout(
            "availability",
            "languages",
            Fieldset(
                _("Whom you meet"),
                "gender_wish",
                "gender",
                "age_near_mine",
                "birth_year",
                "is_adult",
            ),
            Fieldset(_("The room, and more"), "needs", "would_initiate"),
        )

    @property
    def is_under_age(self) -> bool:
        """Whether the year of birth tells that the person is a child."""
        return self.has_error("birth_year", UNDER_AGE)

    def clean_birth_year(self) -> int | None:
        year: int | None = self.cleaned_data["birth_year"]
        this_year = timezone.localdate().year
        if year is None or this_year - OLDEST <= year <= this_year - ADULT:
            return year
        if this_year - ADULT < year <= this_year:
            raise ValidationError(
                _("The groups are for those who are 18 or older. Check the year you wrote."),
                code=UNDER_AGE,
            )
        raise ValidationError(self.fields["birth_year"].error_messages["invalid"], code="invalid")

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        one_gender = answers.get("gender_wish", GenderWish.ANY) != GenderWish.ANY
        if one_gender and answers.get("gender") == "":
            self.add_error(
                "gender",
                _("You would like a group for one gender. Then we need to know yours as well."),
            )
        return answers
