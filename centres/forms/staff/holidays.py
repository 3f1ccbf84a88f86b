"""What staff say of the public holidays ahead: one question a day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres.domain.hours.holiday_decisions import Decision, Holiday, own_span
from centres.domain.hours.opening import Period, Span
from centres.states import HolidayChoice
from linkcenter.forms.base import CrispyMixin, TimeField, one_of


def as_read(holiday: Holiday, spans: tuple[Span, ...]) -> str:
    """The line on the centre's page when those are the hours of the day."""
    period = Period(holiday.day, holiday.day, spans, holiday.name)
    return render_to_string("centres/_period.html", {"period": period}).strip()


class HolidaysForm(CrispyMixin, forms.Form):
    """Each holiday with what the public will read, chosen as it is or is proposed."""

    submit_label = gettext_lazy("Save, and say that the holidays are looked through")

    def __init__(self, data: Any = None, *, holidays: Iterable[Holiday], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.holidays = [each for each in holidays if each.decision is not None]
        for holiday in self.holidays:
            self._ask_about(holiday)

    def _ask_about(self, holiday: Holiday) -> None:
        decision = holiday.decision or Decision(HolidayChoice.CLOSED)
        choice, opens, closes = _names(holiday)
        day = date_format(holiday.day, "WEEKDAY_YEAR_FORMAT").capitalize()
        self.fields[choice] = one_of(
            _choices(holiday),
            label=f"{day}: {holiday.name}",
            ask=_("Choose what holds for this day."),
            initial=decision.choice,
            help_text=_("A suggestion: it holds when you save.") if holiday.is_proposal else "",
        )
        span = decision.span
        for name, label, clock in (
            (opens, _("Opens"), span and span.opens),
            (closes, _("Closes"), span and span.closes),
        ):
            self.fields[name] = TimeField(label=label, required=False, initial=clock)

    def get_layout(self) -> Layout:
        return Layout(
            *(
                Div(choice, Div(opens, closes, css_class="desk-clocks"), css_class="desk-pane")
                for choice, opens, closes in map(_names, self.holidays)
            )
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for choice, opens, closes in map(_names, self.holidays):
            if cleaned.get(choice) != HolidayChoice.OWN or {opens, closes} & self.errors.keys():
                continue
            if cleaned.get(opens) is None or cleaned.get(closes) is None:
                self.add_error(opens, _("Write from when to when the centre is open."))
            elif cleaned[opens] >= cleaned[closes]:
                self.add_error(opens, _("Let it open before it closes."))
        return cleaned

    def decisions(self) -> dict[date, Decision]:
        """What was chosen for each day."""
        found = {}
        for holiday in self.holidays:
            choice, opens, closes = (self.cleaned_data[name] for name in _names(holiday))
            span = own_span(holiday, opens, closes) if choice == HolidayChoice.OWN else None
            found[holiday.day] = Decision(choice, span)
        return found


def _names(holiday: Holiday) -> tuple[str, str, str]:
    day = holiday.day.isoformat()
    return f"{day}-choice", f"{day}-opens", f"{day}-closes"


def _choices(holiday: Holiday) -> list[tuple[str, str]]:
    closed = _("Closed. The page says: “%(text)s”") % {"text": as_read(holiday, ())}
    if holiday.special.is_public:
        usual = _("Open as usual. The page says: “%(text)s”") % {
            "text": as_read(holiday, holiday.usual)
        }
    else:
        usual = _("Open as usual. The page says nothing of this day.")
    choices: list[tuple[str, str]] = [
        (HolidayChoice.CLOSED, closed),
        (HolidayChoice.USUAL, usual),
        (HolidayChoice.OWN, _("Own hours. Fill in from when to when.")),
    ]
    return [choice for choice in choices if holiday.usual or choice[0] != HolidayChoice.USUAL]
