"""Moving to another centre, done by the person: which one, and a yes to each of the two."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participants import personal_session
from participants.domain.errors import RegistrationError
from participants.domain.registration.moving import move, where_to
from participants.forms.own_page.moving import MoveForm
from participants.models import Registration
from participants.views.own_session import with_interest


@with_interest
def choose(request: HttpRequest, registration: Registration) -> HttpResponse:
    context = {"centres": where_to(registration), "centre": registration.participant.centre}
    return render(request, "participants/own_move.html", context)


@with_interest
def agree(request: HttpRequest, registration: Registration, slug: str) -> HttpResponse:
    """The texts of both centres. Afterwards the person is on the page of the new record."""
    to = where_to(registration).filter(slug=slug).first()
    if to is None:
        raise Http404
    typed = request.POST if request.method == "POST" else None
    form = MoveForm(typed, registration=registration, to=to)
    if form.is_valid():
        try:
            there = move(registration, to=to, agreement=form.agreement())
        except RegistrationError as error:
            form.add_error(None, str(error.message))
        else:
            personal_session.start(request, there.participant, now=timezone.now())
            personal_session.say(request, _("You have moved. You keep your date."))
            return redirect("participants:own-page")
    context = {
        "form": form,
        "heading": _("Move to %(name)s") % {"name": to.name},
        "lead": _("They get in touch with you. What we have talked about here stays here."),
        "registration": registration,
        "frees_place": True,
    }
    return render(request, "participants/own_act.html", context)
