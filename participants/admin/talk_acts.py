"""What staff do about the talk that is agreed on with a person."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from linkcenter.staff_pages import StaffRequest, posted
from participants.access import registration_or_404
from participants.admin.acts import PAGE
from participants.admin.seen import as_shown, is_still_so
from participants.admin.talk_forms import BookForm
from participants.domain.registration import RegistrationError
from participants.domain.talks import StaffTaken, book_talk, cancel_talk


class TalkActs:
    """For the admin of registrations: booking a talk, and calling it off."""

    _again: Any

    def talk_acts(self) -> list[URLPattern]:
        return [
            path("<int:pk>/book/", self.book_view, name="book"),
            path("<int:pk>/cancel-talk/", self.cancel_talk_view, name="cancel_talk"),
        ]

    @posted
    @transaction.atomic
    def book_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        registration = registration_or_404(request.user, pk)
        form = BookForm(
            request.POST, registration=registration, reader=request.user, action=request.path
        )
        if form.is_valid() and is_still_so(request, registration, form):
            try:
                book_talk(registration, actor=request.user, **form.booking())
            except StaffTaken as error:
                form.warn(str(error.message))
            except RegistrationError as error:
                form.add_error(None, str(error.message))
            else:
                messages.success(request, _("The talk is booked, and the person is told."))
                return redirect(PAGE, pk)
        return self._again(request, registration, form)

    @posted
    @as_shown
    def cancel_talk_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        registration = registration_or_404(request.user, pk)
        try:
            cancel_talk(registration, actor=request.user)
        except RegistrationError as error:
            messages.warning(request, str(error.message))
        else:
            messages.success(request, _("The talk is cancelled. Whoever knew of it is told."))
        return redirect(PAGE, pk)
