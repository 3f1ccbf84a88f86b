"""A registration as its page showed it: who acts on a page that is out of date is told so first."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from linkcenter.admin import editing
from linkcenter.admin.editing import AS_SEEN
from linkcenter.admin.pages import StaffRequest
from participants.access import registration_or_404
from participants.domain.locks import hold_registrations
from participants.models import Participant, Registration

PAGE = "admin:participants_registration_change"

# What the night, the reading and the person's own page write down beside what they say.
ON_THE_SIDE = ("heard_at", "still_asked_on", "submission_key", "reminded_of_consents_on")

OTHER_ROWS = {"talks": _("a talk is written down"), "themes": _("there are other themes")}


def sealed(*registrations: Registration) -> str:
    """What a page shows of the person, or of two, for its forms to carry."""
    seen: editing.Digests = {}
    for registration in registrations:
        for row, values in _rows(registration):
            seen |= editing.digests(row, values)
    return editing.seal(seen)


def is_still_so(request: HttpRequest, registration: Registration, form: forms.BaseForm) -> bool:
    """Whether all is as the page showed it. Else the form says what is new; what was typed stays.

    Holds the person's registrations until the transaction ends.
    """
    as_seen = request.POST.get(AS_SEEN, "")
    if not as_seen:
        return True
    hold_registrations(registration.participant_id)
    rows = Registration.objects.select_related("participant")
    told: list[Any] = []
    for row, values in _rows(rows.get(pk=registration.pk)):
        names = editing.changed_since(as_seen, row, values)
        own = [name for name in names if name in form.fields]
        editing.keep_up(form, as_seen, row, {name: values[name] for name in own})
        told += [words for name, words in OTHER_ROWS.items() if name in names]
        if columns := [name for name in names if name not in OTHER_ROWS]:
            told.append(editing.in_words(row, columns))
    if told:
        form.add_error(None, editing.refusal(str(words) for words in told))
    return not told


def as_shown(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a button on the person's page: who presses second is told first what is new."""

    @wraps(view)
    def inner(self: Any, request: StaffRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        registration = registration_or_404(request.user, pk)
        button = forms.Form(request.POST)
        with transaction.atomic():
            if button.is_valid() and is_still_so(request, registration, button):
                return view(self, request, pk, *args, **kwargs)
        messages.warning(request, str(button.non_field_errors()[0]))
        return redirect(PAGE, pk)

    return inner


def _rows(registration: Registration) -> list[tuple[Registration | Participant, dict[str, Any]]]:
    person = registration.participant
    others = {
        "talks": list(registration.talks.values_list("pk", flat=True)),
        "themes": list(registration.themes.values_list("pk", flat=True)),
    }
    return [
        (registration, editing.columns(registration, ON_THE_SIDE) | others),
        (person, editing.columns(person, ON_THE_SIDE)),
    ]
