"""The three answers to an invitation, each with what it needs and nothing more."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from centres.forms.fields import WeekAvailabilityField
from groups.models import Seat
from groups.states import NoReason
from linkcenter.forms.base import CrispyMixin, OneLineField, one_of, tick


class AnswerForm(CrispyMixin, forms.Form):
    """One way to answer; the hidden ``answer`` says which of the three forms was sent."""

    code: str
    answer = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{self.code}_%s"} | kwargs)
        self.fields["answer"].initial = self.code


class YesForm(AnswerForm):
    code = "yes"
    submit_label = _("Yes, I would like to join")


class OtherTimeForm(AnswerForm):
    code = "other_time"
    submit_label = _("Keep me on the list with these times")

    availability = WeekAvailabilityField(
        label=_("When can you meet?"),
        help_text=_("Tick every time that can work for you. The more you tick, the easier it is."),
    )


class NoForm(AnswerForm):
    code = "no"
    submit_label = _("No, not this group")

    no_reason = forms.ChoiceField(
        label=_("Would you like to tell us why?"),
        help_text=_("It helps us to find a group that suits you better."),
        choices=[*NoReason.choices, ("", _("I would rather not say"))],
        widget=forms.RadioSelect,
        required=False,
    )


class ShareForm(CrispyMixin, forms.Form):
    """What the others in the group see of a member; what was chosen last is there to be changed."""

    NOTHING, FIRST_NAME, OTHER_NAME = "nothing", "first_name", "other_name"

    submit_label = _("Save what they see")

    show = one_of(
        (),
        label=_("Which name?"),
        help_text=_("The others see it on their own pages."),
        ask=_("Choose which name the others see, or none."),
    )
    other_name = OneLineField(
        label=_("The other name"),
        help_text=_("It may be a nickname. At most 40 characters."),
        max_length=40,
        required=False,
    )
    shares_phone = tick(label=_("Show the phone number, too"))

    def __init__(self, data: Any = None, *, seat: Seat) -> None:
        person = seat.registration.participant
        self.first_name = person.first_name
        super().__init__(data, initial=self._chosen(seat) if seat.shared_at else None)
        show: Any = self.fields["show"]
        show.choices = [
            (self.FIRST_NAME, _("The first name: %(name)s") % {"name": self.first_name}),
            (self.OTHER_NAME, _("Another name")),
            (self.NOTHING, _("No name")),
        ]
        if not person.phone:
            del self.fields["shares_phone"]
            return
        self.fields["shares_phone"].help_text = _("The number that ends with %(last)s.") % {
            "last": person.phone[-2:]
        }

    def _chosen(self, seat: Seat) -> dict[str, Any]:
        """The form filled in with what was chosen before."""
        name, phone = seat.shared_name, {"shares_phone": seat.shares_phone}
        if name in ("", self.first_name):
            return {"show": self.FIRST_NAME if name else self.NOTHING} | phone
        return {"show": self.OTHER_NAME, "other_name": name} | phone

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        show, name = cleaned.get("show"), cleaned.get("other_name")
        if show == self.OTHER_NAME and name == "":
            self.add_error("other_name", _("Write the name, or choose another line above."))
        if show == self.NOTHING and cleaned.get("shares_phone"):
            self.add_error(
                "shares_phone", _("Choose a name as well, or take the tick away from the number.")
            )
        return cleaned

    @property
    def name(self) -> str:
        """The name that was chosen; empty for none."""
        chosen = {
            self.FIRST_NAME: self.first_name,
            self.OTHER_NAME: self.cleaned_data["other_name"],
        }
        return chosen.get(self.cleaned_data["show"], "")

    @property
    def with_phone(self) -> bool:
        return bool(self.cleaned_data.get("shares_phone"))
