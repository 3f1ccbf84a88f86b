"""The talk that is booked with a person, as they see it: give it up, or put it in a calendar."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linkcenter.messages.outbox import CALENDAR_FILE
from participants import personal_session
from participants.domain.errors import RegistrationError
from participants.domain.intake.booking import decline_talk
from participants.domain.intake.calendar import calendar_of
from participants.forms.own_page.changes import AnotherTimeForm
from participants.models import Registration
from participants.views.own_session import with_interest

OWN_PAGE = "participants:own-page"


@with_interest
def another_time(request: HttpRequest, registration: Registration) -> HttpResponse:
    if registration.talk_at is None:
        return redirect(OWN_PAGE)
    form = AnotherTimeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            decline_talk(registration, wishes=form.cleaned_data["wishes"])
        except RegistrationError as error:
            personal_session.say(request, error.message)
        else:
            personal_session.say(request, _("Thank you for telling us. We find another time."))
        return redirect(OWN_PAGE)
    context = {
        "form": form,
        "heading": _("That time does not suit me"),
        "lead": _("The time is given up when you press the button. You keep your place."),
    }
    return render(request, "participants/own_act.html", context)


@with_interest
def calendar(request: HttpRequest, registration: Registration) -> HttpResponse:
    """A file for the person's own calendar, which says no more than that there is a meeting."""
    if registration.talk_at is None:
        return redirect(OWN_PAGE)
    file = calendar_of(registration, now=timezone.now())
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{CALENDAR_FILE}"'
    return response
