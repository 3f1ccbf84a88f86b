"""Giving several things to one colleague: the form on the page to check."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from centres.access import colleagues_of
from centres.models import Centre
from linkcenter.admin.bulk import BulkForm
from linkcenter.models import User


class ColleagueForm(BulkForm):
    """Who works at the centres of all the rows."""

    colleague = forms.ModelChoiceField(
        label=_("Who takes them?"),
        queryset=User.objects.none(),
        empty_label=_("Choose a colleague"),
        error_messages={
            "required": _("Choose who takes them."),
            "invalid_choice": _("Choose who takes them."),
        },
    )

    def centre_of(self, row: Any) -> Centre | None:
        centre: Centre | None = row.centre
        return centre

    def fit(self, rows: list[Any], reader: User) -> None:
        centres = {centre.pk: centre for row in rows if (centre := self.centre_of(row))}
        everybody = User.objects.order_by("name", "pk")
        for centre in centres.values():
            everybody = everybody.filter(pk__in=colleagues_of(centre).values("pk"))
        field: Any = self.fields["colleague"]
        field.queryset = everybody if centres else User.objects.none()
        field.label_from_instance = lambda user: user.name
