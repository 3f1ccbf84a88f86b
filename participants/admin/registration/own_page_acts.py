"""What people do on their own page, done by staff for whoever rings, writes or comes by.

Each act is the person's own wish, as they have told it. The timeline says who wrote it down.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from centres.access import Right, request_scope
from linkcenter.admin.pages import StaffRequest, posted, staff_page
from participants.access import registration_or_404
from participants.admin.registration.acts import LIST, PAGE
from participants.admin.registration.forms import BreakForm
from participants.admin.registration.own_page_forms import EraseOnRequestForm, ToldGroupForm
from participants.admin.registration.stale_page import as_shown, is_still_so, sealed
from participants.domain.erasure import erase
from participants.domain.errors import RegistrationError
from participants.domain.person.contact import ContactError
from participants.domain.person.own_data import by_kind
from participants.domain.read_log import note
from participants.domain.registration.changes import change_interest, change_wishes
from participants.domain.registration.closing import undo_withdrawal
from participants.domain.registration.consent_withdrawal import withdraw_consent
from participants.domain.registration.pausing import end_pause, pause
from participants.forms import OwnWishesForm, TakeBackForm
from participants.models import Participant, Registration
from participants.states import ConsentPurpose, Door


def holds(request: HttpRequest, right: Right, participant: Participant) -> bool:
    """Whether who asks holds ``right`` at the person's centre."""
    return request_scope(request).may(right, participant.centre_id)


class InsteadActs:
    """For the admin of registrations."""

    admin_site: Any
    opts: Any
    _again: Any
    why_first: Any

    def instead_acts(self) -> list[URLPattern]:
        return [
            path("<int:pk>/group/", self.group_view, name="group"),
            path("<int:pk>/wishes/", self.wishes_view, name="wishes"),
            path("<int:pk>/pause/", self.pause_view, name="pause"),
            path("<int:pk>/resume/", self.resume_view, name="resume"),
            path("<int:pk>/undo/", self.undo_view, name="undo"),
            path("<int:pk>/take-back/", self.take_back_view, name="take_back"),
            path("<int:pk>/data/", self.data_view, name="data"),
            path("<int:pk>/erase/", self.erase_view, name="erase"),
        ]

    def act_page(
        self, request: StaffRequest, registration: Registration, template: str, **context: Any
    ) -> HttpResponse:
        """A page of its own for an act that needs the room. It shows what is kept: noted."""
        if question := self.why_first(request, registration):
            return question
        note(request.user, [registration.participant_id], door=context.pop("door", Door.PERSON))
        shown = {
            "registration": registration,
            "participant": registration.participant,
            "as_seen": sealed(registration),
            **context,
        }
        return staff_page(self, request, f"admin/participants/registration/{template}", shown)

    def _typed(self, request: HttpRequest) -> Any:
        return request.POST if request.method == "POST" else None

    def _tried(
        self,
        request: StaffRequest,
        registration: Registration,
        form: forms.Form,
        act: Callable[[], object],
        done: str | Promise,
    ) -> bool:
        """Whether ``act`` was done with what was filled in. A refusal stands on the form."""
        if not form.is_valid():
            return False
        try:
            with transaction.atomic():
                if not is_still_so(request, registration, form):
                    return False
                act()
        except (RegistrationError, ContactError) as error:
            form.add_error(None, str(error.message))
            return False
        messages.success(request, str(done))
        return True

    def group_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        registration = registration_or_404(request.user, pk)
        if not registration.is_open:
            return redirect(PAGE, pk)
        form = ToldGroupForm(self._typed(request), registration=registration)

        def change() -> None:
            change_interest(
                registration,
                answers=form.answers(),
                agreement=form.agreement(),
                actor=request.user,
            )

        if self._tried(request, registration, form, change, _("It is saved.")):
            return redirect(PAGE, pk)
        title = _("Change what group they would like")
        return self.act_page(request, registration, "act.html", form=form, title=title)

    def wishes_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        registration = registration_or_404(request.user, pk)
        if not registration.is_open:
            return redirect(PAGE, pk)
        form = OwnWishesForm(self._typed(request), registration=registration)

        def change() -> None:
            change_wishes(
                registration,
                answers=form.answers(),
                about_you=form.about_you(),
                actor=request.user,
            )

        if self._tried(request, registration, form, change, _("It is saved.")):
            return redirect(PAGE, pk)
        title = _("Change the people and the room")
        return self.act_page(request, registration, "act.html", form=form, title=title)

    @posted
    def pause_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        registration = registration_or_404(request.user, pk)
        form = BreakForm(request.POST, action=request.path)

        def take() -> None:
            pause(registration, until=form.cleaned_data["until"], actor=request.user)

        if self._tried(
            request, registration, form, take, _("The break is written down. The date is kept.")
        ):
            return redirect(PAGE, pk)
        return self._again(request, registration, form)

    @posted
    @as_shown
    def resume_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        registration = registration_or_404(request.user, pk)
        return self._press(
            request,
            pk,
            lambda: end_pause(registration, actor=request.user),
            _("The break is over."),
        )

    @posted
    @as_shown
    def undo_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        registration = registration_or_404(request.user, pk)
        return self._press(
            request,
            pk,
            lambda: undo_withdrawal(registration, actor=request.user),
            _("They are on the list again, with the first date."),
        )

    @posted
    @as_shown
    def take_back_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        registration = registration_or_404(request.user, pk)
        form = TakeBackForm(request.POST)
        if not form.is_valid():
            return redirect(PAGE, pk)
        purpose = ConsentPurpose(form.cleaned_data["purpose"])
        person = registration.participant
        return self._press(
            request,
            pk,
            lambda: withdraw_consent(person, purpose=purpose, actor=request.user),
            _("Written down: they have taken it back."),
        )

    def _press(
        self, request: StaffRequest, pk: int, act: Callable[[], object], done: str
    ) -> HttpResponse:
        """Do ``act``, which needs nothing but the button."""
        try:
            act()
        except RegistrationError as error:
            messages.warning(request, str(error.message))
        else:
            messages.success(request, done)
        return redirect(PAGE, pk)

    def data_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """All that is kept, in the person's own language: to hand out, or to send by letter."""
        registration = registration_or_404(request.user, pk)
        person = registration.participant
        with translation.override(person.language):
            page = self.act_page(
                request,
                registration,
                "data.html",
                door=Door.DATA,
                kinds=by_kind(person),
                printed_by=request.user,
                title=person.reference,
            )
            return page.render()  # type: ignore[attr-defined]  # in this language

    def erase_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """The person asks for it, and whoever leads the centre does it: nothing comes back."""
        registration = registration_or_404(request.user, pk)
        person = registration.participant
        if not holds(request, Right.DELETE_PERSON, person):
            raise PermissionDenied
        form = EraseOnRequestForm(self._typed(request), participant=person)
        if form.is_valid():
            erase(person, actor=request.user)
            messages.success(request, _("Everything about the person is deleted."))
            return redirect(LIST)
        title = _("Delete everything about the person")
        lead = _("Everything goes at once, and nothing of it comes back. A place is free again.")
        return self.act_page(request, registration, "act.html", form=form, title=title, lead=lead)
