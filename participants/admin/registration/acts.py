"""What staff do on one person's page: each act has an address of its own that the page posts to."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from linkcenter.admin.named_views import PARAMETER
from linkcenter.admin.pages import StaffRequest, posted
from linkcenter.forms.base import ActForm
from participants.access import messages_for, registration_or_404
from participants.admin.registration.forms import CloseForm, ContactForm, TalkForm, WeekForm
from participants.admin.registration.stale_page import as_shown, is_still_so
from participants.domain.errors import RegistrationError
from participants.domain.intake.talks import record_talk
from participants.domain.messages.acts import AlreadyTold, tell_by_hand
from participants.domain.person.contact import ContactError, change_contact
from participants.domain.registration.changes import change_availability
from participants.domain.registration.closing import close
from participants.domain.registration.held import HoldingError, let_in, turn_away
from participants.domain.registration.still_interested import not_interested, still_interested
from participants.domain.retention import keep_longer
from participants.lists import ODD
from participants.models import Registration
from participants.states import StillAnswer

PAGE = "admin:participants_registration_change"
LIST = "admin:participants_registration_changelist"
WHILE_OPEN = ("talk", "week", "close")  # the forms that a closed registration's page has not


class PersonActs:
    """For the admin of registrations: writing down what was done or said, act by act."""

    page: Any
    get_object: Any

    def person_acts(self) -> list[URLPattern]:
        return [
            path("<int:pk>/talk/", self.talk_view, name="talk"),
            path("<int:pk>/week/", self.week_view, name="week"),
            path("<int:pk>/close/", self.close_view, name="close"),
            path("<int:pk>/contact/", self.contact_view, name="contact"),
            path("<int:pk>/person/", self.let_in_view, name="let-in"),
            path("<int:pk>/program/", self.turn_away_view, name="turn-away"),
            path("<int:pk>/keep/", self.keep_view, name="keep"),
            path("<int:pk>/still/", self.still_view, name="still"),
            path("<int:pk>/told/<int:message_pk>/", self.told_view, name="told"),
        ]

    def _again(
        self, request: HttpRequest, registration: Registration, form: ActForm
    ) -> HttpResponse:
        """The page as it is now, with what was typed and what is wrong with it."""
        shown = self.get_object(request, str(registration.pk))
        if not shown.is_open and form.key in WHILE_OPEN:  # the form is not on the page to say it
            for error in form.non_field_errors():
                messages.warning(request, str(error))
        return self.page(request, shown, form)

    @posted
    @transaction.atomic
    def talk_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        registration = registration_or_404(request.user, pk)
        form = TalkForm(request.POST, action=request.path)
        if form.is_valid() and is_still_so(request, registration, form):
            try:
                record_talk(registration, by=request.user, **form.cleaned_data)
            except RegistrationError as error:
                form.add_error(None, str(error.message))
            else:
                messages.success(request, _("The contact is saved."))
                return redirect(PAGE, pk)
        return self._again(request, registration, form)

    @posted
    @transaction.atomic
    def week_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        registration = registration_or_404(request.user, pk)
        form = WeekForm(request.POST, action=request.path)
        if form.is_valid() and is_still_so(request, registration, form):
            times = form.cleaned_data["availability"]
            try:
                change_availability(registration, availability=times, actor=request.user)
            except RegistrationError as error:
                form.add_error(None, str(error.message))
            else:
                messages.success(request, _("The times are saved."))
                return redirect(PAGE, pk)
        return self._again(request, registration, form)

    @posted
    @transaction.atomic
    def close_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        registration = registration_or_404(request.user, pk)
        form = CloseForm(request.POST, action=request.path)
        if form.is_valid() and is_still_so(request, registration, form):
            try:
                close(registration, reason=form.cleaned_data["reason"], actor=request.user)
            except RegistrationError as error:
                form.add_error(None, str(error.message))
            else:
                messages.success(request, _("The registration is closed."))
                return redirect(PAGE, pk)
        return self._again(request, registration, form)

    @posted
    @transaction.atomic
    def contact_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        registration = registration_or_404(request.user, pk)
        person = registration.participant
        form = ContactForm(request.POST, participant=person, action=request.path)
        if form.is_valid() and is_still_so(request, registration, form):
            try:
                change_contact(person, person=form.person(), actor=request.user)
            except ContactError as error:
                form.add_error(None, str(error.message))
            else:
                messages.success(request, _("The contact details are saved."))
                return redirect(PAGE, pk)
        return self._again(request, registration, form)

    @posted
    @as_shown
    def let_in_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        registration = registration_or_404(request.user, pk)
        try:
            let_in(registration, actor=request.user)
        except HoldingError as error:
            messages.warning(request, str(error.message))
        else:
            messages.success(request, _("This is a new registration now, with the date it came."))
        return redirect(PAGE, pk)

    @posted
    @as_shown
    def turn_away_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        registration = registration_or_404(request.user, pk)
        try:
            turn_away(registration, actor=request.user)
        except HoldingError as error:
            messages.warning(request, str(error.message))
            return redirect(PAGE, pk)
        messages.success(request, _("It is deleted."))
        return redirect(f"{reverse(LIST)}?{PARAMETER}={ODD.slug}")

    @posted
    @as_shown
    def keep_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        registration = registration_or_404(request.user, pk)
        keep_longer(registration.participant, actor=request.user)
        messages.success(request, _("Kept for six more months."))
        return redirect(PAGE, pk)

    @posted
    @as_shown
    def still_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """The person has told us whether they are still interested."""
        registration = registration_or_404(request.user, pk)
        is_interested = request.POST.get("answer") == StillAnswer.YES
        if not is_interested and request.POST.get("answer") != StillAnswer.NO:
            return redirect(PAGE, pk)
        try:
            if is_interested:
                still_interested(registration, actor=request.user)
            else:
                not_interested(registration, actor=request.user)
        except RegistrationError as error:
            messages.warning(request, str(error.message))
        else:
            done = _("They wait on.") if is_interested else _("They are off the list.")
            messages.success(request, done)
        return redirect(PAGE, pk)

    @posted
    def told_view(self, request: StaffRequest, pk: int, message_pk: int) -> HttpResponse:
        registration = registration_or_404(request.user, pk)
        told = messages_for(request.user).filter(
            pk=message_pk, participant=registration.participant
        )
        try:
            tell_by_hand(get_object_or_404(told), actor=request.user)
        except AlreadyTold as error:
            messages.warning(request, str(error.message))
        else:
            messages.success(request, _("Noted: you have told them."))
        return redirect(PAGE, pk)
