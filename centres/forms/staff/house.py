"""What staff fill in about rooms and licences: a weekly time, a break, a loan, a host key."""

from datetime import date, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.domain.booking.spans import moment
from centres.models import Organisation, Venue
from centres.models.hours import WEEKDAY_CHOICES
from centres.week import on_or_after
from linkcenter.forms.base import ActForm, CrispyMixin, DateField, OneLineField, TimeField

FURTHEST = timedelta(days=366)  # rooms are booked a year ahead


class VenueField(forms.ModelChoiceField):
    """A room or a licence in use; the form says among which."""

    default_error_messages = {
        "required": _("Choose a room or a licence."),
        "invalid_choice": _("Choose a room or a licence from the list."),
    }

    def __init__(self) -> None:
        super().__init__(Venue.objects.none(), label=_("Room or licence"))


class BorrowerField(forms.ModelChoiceField):
    default_error_messages = {
        "required": _("Choose which organisation borrows it."),
        "invalid_choice": _("Choose an organisation from the list."),
    }

    def __init__(self) -> None:
        super().__init__(Organisation.objects.all(), label=_("Who borrows it?"))


class SeriesForm(CrispyMixin, forms.Form):
    """A weekly time to look at, date by date. Looking changes nothing, so it is a GET."""

    submit_label = _("Show every date")

    venue = VenueField()
    weekday = forms.TypedChoiceField(
        label=_("Weekday"),
        choices=WEEKDAY_CHOICES,
        coerce=int,
        error_messages={
            "required": _("Choose a weekday."),
            "invalid_choice": _("Choose a weekday from the list."),
        },
    )
    starts = TimeField(
        label=_("Starts at"), error_messages={"required": _("Write when it starts.")}
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=15,
        max_value=480,
        initial=120,
        error_messages={
            "required": _("Write how many minutes it lasts."),
            "invalid": _("Write how many minutes it lasts, such as 120."),
            "min_value": _("Write at least %(limit_value)s minutes."),
            "max_value": _("Write at most %(limit_value)s minutes."),
        },
    )
    first_date = DateField(
        label=_("From which day?"),
        help_text=_("The first such weekday from then on is the first time."),
        error_messages={"required": _("Choose from which day.")},
    )

    def __init__(self, *args: Any, venues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "series_%s"} | kwargs)
        field: Any = self.fields["venue"]
        field.queryset = venues.filter(active=True)

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.form_method = "get"
        helper.disable_csrf = True
        return helper

    def clean_first_date(self) -> date:
        day: date = self.cleaned_data["first_date"]
        today = timezone.localdate()
        if day < today:
            raise forms.ValidationError(_("That day has been. Choose today or a later day."))
        if day > today + FURTHEST:
            raise forms.ValidationError(_("Choose a day within a year."))
        return day

    @property
    def series(self) -> dict[str, Any]:
        """The weekly time, as the domain asks for it."""
        asked = self.cleaned_data
        return {
            "weekday": asked["weekday"],
            "starts": asked["starts"],
            "minutes": asked["minutes"],
            "first_date": on_or_after(asked["first_date"], asked["weekday"]),
        }


class LendSeriesForm(SeriesForm):
    """A weekly time for an organisation. Groups get theirs when they form."""

    field_order = ("holder",)

    holder = BorrowerField()


class BreakForm(ActForm):
    """The organisation does not come for a while, and has its time again afterwards."""

    key = "break"
    submit_label = _("Write the break down")

    from_date = DateField(
        label=_("Break from"), error_messages={"required": _("Choose the first day of the break.")}
    )
    until = DateField(
        label=_("Meets again from"),
        error_messages={"required": _("Choose from which day they meet again.")},
    )

    def clean_from_date(self) -> date:
        day: date = self.cleaned_data["from_date"]
        if abs(day - timezone.localdate()) > FURTHEST:
            raise forms.ValidationError(_("Choose a day within a year."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, until = cleaned.get("from_date"), cleaned.get("until")
        if first and until and until <= first:
            self.add_error("until", _("Choose a day after the first day of the break."))
        elif until and until <= timezone.localdate():
            self.add_error("until", _("That day has been. Choose a later day."))
        return cleaned


class GiveUpForm(ActForm):
    key = "give_up"
    submit_label = _("Set the time free")

    on = DateField(
        label=_("Free from"),
        error_messages={"required": _("Choose from which day the time is free.")},
    )

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("That day has been. Choose today or a later day."))
        return day


class LoanForm(CrispyMixin, forms.Form):
    """A room or a licence for one occasion of an organisation."""

    submit_label = _("Lend it")

    holder = BorrowerField()
    venue = VenueField()
    day = DateField(label=_("Day"), error_messages={"required": _("Choose the day.")})
    starts = TimeField(label=_("From"), error_messages={"required": _("Write when it starts.")})
    ends = TimeField(label=_("To"), error_messages={"required": _("Write when it ends.")})

    def __init__(self, *args: Any, venues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "loan_%s"} | kwargs)
        field: Any = self.fields["venue"]
        field.queryset = venues.filter(active=True)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("That day has been. Choose today or a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day, starts, ends = cleaned.get("day"), cleaned.get("starts"), cleaned.get("ends")
        # As moments: in the night when the clocks go forward, 2.30 is not before 3.
        if day and starts and ends and moment(day, ends) <= moment(day, starts):
            self.add_error("ends", _("Let it start before it ends."))
        return cleaned

    @property
    def loan(self) -> dict[str, Any]:
        asked = self.cleaned_data
        return {
            "holder": asked["holder"],
            "starts_at": moment(asked["day"], asked["starts"]),
            "ends_at": moment(asked["day"], asked["ends"]),
        }


class HostKeyForm(CrispyMixin, forms.Form):
    """The key that makes somebody the host of a meeting. What is stored is never shown here."""

    submit_label = _("Save the host key")

    host_key = OneLineField(
        max_length=40,
        required=False,
        label=_("New host key"),
        help_text=_("Leave it empty to take the key away."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "size": 20}),
    )
