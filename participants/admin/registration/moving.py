"""Moving somebody to another centre, with the yes that they give by phone or on paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from linkcenter.admin.pages import StaffRequest
from participants.access import registration_or_404
from participants.admin.registration.acts import PAGE
from participants.domain.errors import RegistrationError
from participants.domain.registration.moving import move, where_to
from participants.forms.own_page.moving import ToldMoveForm


class MoveActs:
    """For the admin of registrations."""

    act_page: Any

    def move_acts(self) -> list[URLPattern]:
        return [
            path("<int:pk>/move/", self.move_view, name="move"),
            path("<int:pk>/move/<slug:slug>/", self.move_to_view, name="move_to"),
        ]

    def move_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        registration = registration_or_404(request.user, pk)
        if not registration.is_open:
            return redirect(PAGE, pk)
        centres = where_to(registration)
        title = _("Move to another centre")
        page: HttpResponse = self.act_page(
            request, registration, "move.html", title=title, centres=centres
        )
        return page

    def move_to_view(self, request: StaffRequest, pk: int, slug: str) -> HttpResponse:
        registration = registration_or_404(request.user, pk)
        if not registration.is_open:
            return redirect(PAGE, pk)
        to = get_object_or_404(where_to(registration), slug=slug)
        typed = request.POST if request.method == "POST" else None
        form = ToldMoveForm(typed, registration=registration, to=to)
        if form.is_valid():
            try:
                move(registration, to=to, agreement=form.agreement(), actor=request.user)
            except RegistrationError as error:
                form.add_error(None, str(error.message))
            else:
                text = _("%(name)s has the registration now. The person is told by them.")
                messages.success(request, text % {"name": to.name})
                return redirect(PAGE, pk)
        title = _("Move to %(name)s") % {"name": to.name}
        lead = _("Read each text aloud, word for word, and tick what the person says yes to.")
        page: HttpResponse = self.act_page(
            request, registration, "act.html", form=form, title=title, lead=lead
        )
        return page
