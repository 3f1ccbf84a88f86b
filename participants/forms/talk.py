from django import forms
from django.utils.translation import gettext_lazy as _

from centres.fields import WeekAvailabilityField
from linkcenter.forms import CrispyMixin


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
