"""What staff fill in at the workbench."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from centres.week import WEEK_SLOTS, label
from groups.admin.asking.forms import FURTHEST, BreakingForm
from groups.states import GroupGender, GroupRole, SettledFormat, SettledKind
from groups.workbench.desk import Bench
from groups.workbench.draft import Draft
from groups.workbench.shape import MIXED, Shape
from linkcenter.forms.base import ActForm, CrispyMixin, DateField
from participants.states import MeetingFormat, SpokenLanguage


class MakeForm(BreakingForm):
    """Time and kind are those of the bench; the place, the initiator and the day are chosen."""

    key = "make"
    submit_label = _("Put the group together")

    b = forms.CharField(widget=forms.HiddenInput)
    place = forms.TypedChoiceField(
        label=_("Where?"),
        coerce=int,
        error_messages={
            "required": _("Choose a room or a licence."),
            "invalid_choice": _("Choose a place from the list: the other is not free then."),
        },
    )
    initiator = forms.TypedChoiceField(
        label=_("Initiator"),
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={
            "invalid_choice": _("Choose an initiator from the list, or nobody yet."),
        },
    )
    from_date = DateField(
        label=_("First meeting, this day or the first one after it"),
        error_messages={"required": _("Choose a day for the first meeting.")},
    )

    def __init__(self, *args: Any, bench: Bench, **kwargs: Any) -> None:
        time = bench.week.times.get(bench.key.slot)
        self.places = {place.venue.pk: place for place in time.places} if time else {}
        self.helpers = {one.pk: one for one in time.initiators} if time else {}
        initial = {
            "b": settled(bench).seal(),
            "place": next(iter(self.places), None),
            "initiator": next(iter(self.helpers), None),
        } | kwargs.pop("initial", {})
        super().__init__(*args, initial=initial, centre=bench.centre, **kwargs)
        fields: Any = self.fields
        fields["place"].choices = [
            (pk, f"{place.venue}, {place.starts:%H:%M}") for pk, place in self.places.items()
        ]
        fields["initiator"].choices = [
            *((pk, one.name) for pk, one in self.helpers.items()),
            ("", _("Nobody yet")),
        ]

    def clean_from_date(self) -> Any:
        day = self.cleaned_data["from_date"]
        if not timezone.localdate() <= day <= timezone.localdate() + FURTHEST:
            raise forms.ValidationError(_("Choose a day within a year, today or later."))
        return day


def settled(bench: Bench) -> Draft:
    """The draft with all that the bench has chosen by itself: what is shown is what is made."""
    key = bench.key
    return replace(
        bench.draft,
        shape=Shape(
            kind=key.kind,
            format=key.format,
            theme=key.topic or MIXED,
            role=key.role,
            gender=key.gender,
            language=key.language,
            slot=key.slot,
        ),
    )


class AllTheSameForm(BreakingForm):
    """Somebody is added to a group though that breaks rules."""

    key = "same"
    submit_label = _("Add all the same")

    registration = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ShapeForm(ActForm):
    """What the group is to be; what is left empty follows those who are in it."""

    key = "shape"
    submit_label = _("Use this")

    b = forms.CharField(widget=forms.HiddenInput)
    filters = forms.CharField(widget=forms.HiddenInput, required=False)
    act = forms.CharField(widget=forms.HiddenInput, initial="shape")
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    format = forms.ChoiceField(label=_("How to meet"), required=False)
    role = forms.ChoiceField(label=_("For whom"), required=False)
    gender = forms.ChoiceField(label=_("Who"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, bench: Bench, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = settled(bench).shape
        choices: dict[str, list[Any]] = {
            "theme": [(MIXED, _("Mixed")), *bench.themes.items()],
            "kind": SettledKind.choices,
            "format": SettledFormat.choices,
            "role": GroupRole.choices,
            "gender": GroupGender.choices,
            "language": SpokenLanguage.choices,
        }
        for name, known in choices.items():
            field: Any = self.fields[name]
            words = dict(known).get(getattr(now, name), "")
            empty = gettext("As suits most: %(what)s") % {"what": words}
            field.choices = [("", empty), *known]
            field.initial = getattr(bench.draft.shape, name)

    @property
    def shape(self) -> dict[str, str]:
        names = ("theme", "kind", "format", "role", "gender", "language")
        return {name: self.cleaned_data[name] for name in names}


class FilterForm(CrispyMixin, forms.Form):
    """Whom of those who wait the list shows."""

    submit_label = _("Show these")

    theme = forms.ChoiceField(label=_("Theme"), required=False)
    time = forms.ChoiceField(label=_("Can meet"), required=False)
    format = forms.ChoiceField(label=_("How to meet"), required=False)
    kind = forms.ChoiceField(label=_("Kind of group"), required=False)
    fits = forms.BooleanField(label=_("Only who fits"), required=False)

    def __init__(self, *args: Any, themes: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "filter_%s"} | kwargs)
        choices: dict[str, Iterable[Any]] = {
            "theme": [(MIXED, _("A mixed group")), *themes.items()],
            "time": [(slot, capfirst(str(label(slot)))) for slot in WEEK_SLOTS],
            "format": [each for each in MeetingFormat.choices if each[0] != MeetingFormat.EITHER],
            "kind": [
                (SettledKind.SOCIAL, SettledKind.SOCIAL.label),
                (SettledKind.SELF_HELP, SettledKind.SELF_HELP.label),
            ],
        }
        for name, known in choices.items():
            field: Any = self.fields[name]
            field.choices = [("", _("All")), *known]
