from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from centres.forms.fields import MunicipalityField
from linkcenter.forms.base import one_of, tick
from participants.forms.registration.base import PageForm
from participants.models import Theme
from participants.states import GroupKind, MeetingFormat, Role

_ASK_THEME = _("Tick only themes that are on the list, or none at all.")


class GroupForm(PageForm):
    """The first page: where one lives, and the group one would like."""

    heading = _("The group you would like")

    municipality = MunicipalityField(
        label=_("Which municipality do you live in?"),
        help_text=_("It tells us if another centre is nearer to you."),
        error_messages={"required": _("Write the name of the municipality you live in.")},
    )
    role = one_of(
        Role,
        label=_("Who is the group for?"),
        help_text=_(
            "So that you meet others in the same place in life. "
            "Next of kin are close to someone who struggles."
        ),
        ask=_("Choose if you come for yourself or as next of kin."),
    )
    kind = one_of(
        GroupKind,
        label=_("What kind of group would you like?"),
        help_text=_("So that you get what you hope for. You need not know it yet."),
        ask=_("Choose what kind of group you would like."),
        initial=GroupKind.EITHER,
    )
    format = one_of(
        MeetingFormat,
        label=_("How would you like to meet?"),
        help_text=_("We look only for groups that meet like this."),
        ask=_("Choose how you would like to meet."),
    )
    digital_elsewhere = tick(
        label=_("I may be offered a video group at another centre"),
        help_text=_("It gives you more groups to choose from."),
    )
    themes: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        Theme.objects.filter(active=True),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Is there a theme you would like to share with others?"),
        help_text=_("You need not tell us why you come, and may leave all of this empty."),
        error_messages={
            "list": _ASK_THEME,
            "invalid_choice": _ASK_THEME,
            "invalid_pk_value": _ASK_THEME,
        },
    )
    not_listed = tick(
        label=_("My situation is not listed"),
        help_text=_("Then we talk about it."),
    )
    any_theme = tick(
        label=_("A group with mixed themes is fine"),
        help_text=_("Such groups are the most common, and start the soonest."),
        initial=True,
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        served = list(self.centre.municipalities.all()[:2])
        if len(served) == 1:
            self.fields["municipality"].initial = served[0].name

    def get_layout(self) -> Layout:
        return Layout(
            "municipality",
            "role",
            "kind",
            Fieldset(_("How you meet"), "format", "digital_elsewhere"),
            Fieldset(_("Themes"), "themes", "not_listed", "any_theme"),
        )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("format") == MeetingFormat.PHYSICAL:
            answers["digital_elsewhere"] = False
        chosen = (answers.get(name) for name in ("themes", "not_listed", "any_theme"))
        if "themes" in answers and not any(chosen):
            raise ValidationError(
                {"themes": _("Tick a theme, or tick that a group with mixed themes is fine.")}
            )
        return answers
