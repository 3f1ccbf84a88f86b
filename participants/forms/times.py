from django import forms
from django.utils.translation import gettext_lazy as _

from centres.fields import WeekAvailabilityField
from linkcenter.forms import CleanTextField, one_of, some_of, tick
from participants.forms.base import PageForm
from participants.states import GenderWish, Need, SpokenLanguage


class TimesForm(PageForm):
    """The second page: when one can meet, with whom, and what the room must have."""

    heading = _("When you can meet")

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
        ask=_("Tick at least one language from the list."),
        initial=[SpokenLanguage.NORWEGIAN.value],
    )
    gender_wish = one_of(
        GenderWish,
        label=_("Who else would you like in the group?"),
        ask=_("Choose who else you would like in the group."),
        initial=GenderWish.ANY,
    )
    age_near_mine = tick(label=_("I would like people of about my own age"))
    needs = some_of(
        Need,
        required=False,
        label=_("What must the room have?"),
        help_text=_("We book only rooms that you can use."),
        ask=_("Tick only what is on the list."),
    )
    practical_needs = CleanTextField(
        max_length=200,
        required=False,
        label=_("Is there anything else we should think of?"),
        help_text=_("Such as an interpreter or a bus to catch. Do not write about your health."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    would_initiate = tick(
        label=_("I might like to help new groups get started"),
        help_text=_("You get training. Tick the box, and we tell you more when we talk."),
    )
