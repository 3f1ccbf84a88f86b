"""What staff fill in about an event: the event itself, who rang to sign up, why it is cancelled."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from centres.domain.booking.single_uses import NoTime, obstacle, rooms_of
from centres.domain.events.errors import CannotBeHidden
from centres.models import Event, Venue
from linkcenter.forms.base import (
    ActForm,
    CrispyMixin,
    MailField,
    OneLineField,
    PhoneField,
    need_one_of_two,
    one_of,
)

MOST_WHO_COME = 5000


class EventForm(forms.ModelForm):
    """An event. What people have signed up for cannot be taken from them unseen."""

    venues: Any = Venue.objects.none()  # that the reader may choose among

    rooms: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        Venue.objects.none(),
        required=False,
        label=_("Rooms and licences"),
        help_text=_("They are booked for it from its start to its end."),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Event
        fields: tuple[str, ...] = ()  # the page names them

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_now = rooms_of(self.instance) if self.instance.pk else []
        if "rooms" in self.fields:
            field: Any = self.fields["rooms"]
            field.queryset = self.venues
            self.initial["rooms"] = self.has_now

    @property
    def rooms_wanted(self) -> list[Venue]:
        """What is ticked, and what the event has that this reader cannot choose."""
        ticked = list(self.cleaned_data.get("rooms") or [])
        choosable = set(self.venues.values_list("pk", flat=True))
        return [*ticked, *(room for room in self.has_now if room.pk not in choosable)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        event = self.instance
        self._check_rooms(cleaned)
        if event.pk is None:
            return cleaned
        self._check_places(cleaned)
        is_open = not event.is_cancelled and not event.is_over_at(timezone.now())
        if is_open and not cleaned.get("published") and event.sign_ups.live().exists():
            self.add_error("published", str(CannotBeHidden.message))
        return cleaned

    def _check_rooms(self, cleaned: dict[str, Any]) -> None:
        wanted, starts_at = self.rooms_wanted, cleaned.get("starts_at")
        if not wanted or self.instance.is_cancelled or "starts_at" in self.errors:
            return
        if starts_at is None:
            self.add_error("rooms", str(NoTime.message))
            return
        centre = cleaned["centre"].pk if cleaned.get("centre") else self.instance.centre_id
        if any(room.centre_id not in (None, centre) for room in wanted):
            self.add_error("rooms", _("Choose rooms of the centre that holds the event."))
        at = Event(pk=self.instance.pk, starts_at=starts_at, ends_at=cleaned.get("ends_at"))
        if at.ends and at.ends > starts_at and (refused := obstacle(at, wanted)):
            self.add_error("rooms", str(refused.message))

    def _check_places(self, cleaned: dict[str, Any]) -> None:
        places = cleaned.get("capacity")
        taken = self.instance.sign_ups.confirmed().count()
        if places is not None and places < taken:
            text = ngettext(
                "%(n)s person has a place. Write at least that many.",
                "%(n)s people have a place. Write at least that many.",
                taken,
            )
            self.add_error("capacity", text % {"n": taken})


class CameForm(ActForm):
    submit_label = _("Save the number")

    came = forms.IntegerField(
        min_value=0,
        max_value=MOST_WHO_COME,
        label=_("How many came?"),
        help_text=_("A number, and no names. Those who work there are not counted."),
        widget=forms.NumberInput(attrs={"size": 5, "min": 0}),
        error_messages={
            "required": _("Write how many came, such as 12."),
            "invalid": _("Write how many came with digits, such as 12."),
            "min_value": _("Write 0 if nobody came."),
            "max_value": _("Write a number up to %(limit_value)s."),
        },
    )


class CancelForm(CrispyMixin, forms.Form):
    submit_label = _("Cancel the event")

    because = OneLineField(
        max_length=160,
        label=_("Why is it cancelled?"),
        help_text=_("Shown on the page, and told to those who have signed up. Name nobody."),
        error_messages={"required": _("Write why it is cancelled, such as illness.")},
    )


class HeardSignUpForm(CrispyMixin, forms.Form):
    """Somebody rang, or stood at the door."""

    submit_label = _("Sign up")

    form_id = forms.UUIDField(widget=forms.HiddenInput)
    name = OneLineField(
        max_length=80,
        label=_("What may we call the person?"),
        error_messages={"required": _("Write a name that we may call the person.")},
    )
    phone = PhoneField(required=False, label=_("Phone"))
    email = MailField(
        required=False, label=_("E-mail"), help_text=_("Then they get a link of their own.")
    )
    language = one_of(
        settings.LANGUAGES,
        label=_("Which language should we write in?"),
        ask=_("Choose the language we should write in."),
        initial="nb",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        need_one_of_two(self, _("Write a phone number or an e-mail address."))
        return cleaned
