"""What a person does on their own page: each a small page of its own that shows what is."""

from contextlib import suppress
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from participants import personal_session
from participants.domain.errors import RegistrationError
from participants.domain.person import consents
from participants.domain.person.contact import ContactError, person_of
from participants.domain.person.new_address import change_own_contact
from participants.domain.person.own_page import own_registration
from participants.domain.registration.changes import (
    change_availability,
    change_interest,
    change_wishes,
)
from participants.domain.registration.closing import UNDO_WITHIN, undo_withdrawal, withdraw
from participants.domain.registration.consent_withdrawal import withdraw_consent
from participants.domain.registration.held import NotHeld, confirm_own
from participants.domain.registration.pausing import end_pause, pause
from participants.forms import (
    OwnContactForm,
    OwnGroupForm,
    OwnTimesForm,
    OwnWishesForm,
    PauseForm,
    TakeBackForm,
    WithdrawForm,
)
from participants.models import Participant, Registration
from participants.states import ConsentPurpose
from participants.views.own_session import with_interest, with_person

SAVED = _("It is saved.")


def _typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _show(request: HttpRequest, form: forms.Form, **context: Any) -> HttpResponse:
    return render(request, "participants/own_act.html", {"form": form, **context})


def _back(request: HttpRequest, text: str | Promise) -> HttpResponse:
    personal_session.say(request, text)
    return redirect("participants:own-page")


@with_interest
def times(request: HttpRequest, registration: Registration) -> HttpResponse:
    form = OwnTimesForm(
        _typed(request),
        centre=registration.participant.centre,
        initial={"availability": registration.availability},
    )
    if form.is_valid():
        change_availability(registration, availability=form.cleaned_data["availability"])
        return _back(request, SAVED)
    return _show(request, form, heading=form.heading)


@with_interest
def group(request: HttpRequest, registration: Registration) -> HttpResponse:
    form = OwnGroupForm(_typed(request), registration=registration)
    if form.is_valid():
        try:
            change_interest(registration, answers=form.answers(), agreement=form.agreement())
        except RegistrationError as error:
            form.add_error(None, str(error.message))
        else:
            return _back(request, SAVED)
    return _show(request, form, heading=form.heading)


@with_interest
def wishes(request: HttpRequest, registration: Registration) -> HttpResponse:
    form = OwnWishesForm(_typed(request), registration=registration)
    if form.is_valid():
        try:
            change_wishes(registration, answers=form.answers(), about_you=form.about_you())
        except (RegistrationError, ContactError) as error:
            form.add_error(None, str(error.message))
        else:
            return _back(request, SAVED)
    return _show(request, form, heading=form.heading)


@with_person
def contact(request: HttpRequest, participant: Participant) -> HttpResponse:
    form = OwnContactForm(_typed(request), participant=participant)
    if form.is_valid():
        person = person_of(participant, **form.answers())
        try:
            is_asked = change_own_contact(participant, person=person)
        except ContactError as error:
            form.add_error(None, str(error.message))
        else:
            return _back(request, _CONFIRM if is_asked else SAVED)
    return _show(
        request,
        form,
        heading=form.heading,
        lead=_("A new e-mail address has to be confirmed. We send you a link there."),
    )


_CONFIRM = _(
    "It is saved. We have sent a link to the new address. Until you have used it, we write to you"
    " as before."
)


@with_interest
def take_break(request: HttpRequest, registration: Registration) -> HttpResponse:
    form = PauseForm(_typed(request), initial={"until": registration.paused_until})
    if form.is_valid():
        try:
            pause(registration, until=form.cleaned_data["until"])
        except RegistrationError as error:
            form.add_error(None, str(error.message))
        else:
            return _back(request, _("You are taking a break. You keep your date."))
    return _show(
        request,
        form,
        heading=_("Take a break"),
        lead=_("Nobody suggests a group to you until then. You keep the date when you registered."),
        registration=registration,
        frees_place=True,
    )


@with_interest
def stop_break(request: HttpRequest, registration: Registration) -> HttpResponse:
    if request.method == "POST":
        end_pause(registration)
        return _back(request, _("Your break is over. We look for a group for you again."))
    return redirect("participants:own-page")


@with_interest
def stop(request: HttpRequest, registration: Registration) -> HttpResponse:
    form = WithdrawForm(_typed(request))
    if form.is_valid():
        try:
            withdraw(registration)
        except RegistrationError as error:
            form.add_error(None, str(error.message))
        else:
            return _back(request, _("You are off the list."))
    return render(
        request,
        "participants/own_withdraw.html",
        {"form": form, "registration": registration, "days": UNDO_WITHIN.days},
    )


@with_person
def undo(request: HttpRequest, participant: Participant) -> HttpResponse:
    registration = own_registration(participant)
    if request.method == "POST" and registration is not None:
        try:
            undo_withdrawal(registration)
        except RegistrationError as error:
            personal_session.say(request, error.message)
        else:
            return _back(request, _("You are on the list again, with the same date as before."))
    return redirect("participants:own-page")


@with_person
def confirm(request: HttpRequest, participant: Participant) -> HttpResponse:
    """It was the person who sent the form: they came here by a link to the address in it."""
    if request.method == "POST":
        with suppress(NotHeld):  # they pressed twice: the page says how it stands
            confirm_own(participant)
    return redirect("participants:own-page")


@with_person
def agreed(request: HttpRequest, participant: Participant) -> HttpResponse:
    """What the person has said yes to, word for word, and a button to take each back."""
    form = TakeBackForm(_typed(request))
    if form.is_valid():
        purpose = ConsentPurpose(form.cleaned_data["purpose"])
        registration = own_registration(participant)
        if purpose == ConsentPurpose.CONTACT and registration and registration.is_open:
            return redirect("participants:own-withdraw")
        try:
            withdraw_consent(participant, purpose=purpose)
        except RegistrationError as error:
            personal_session.say(request, error.message)
        else:
            personal_session.say(request, _("You have taken it back."))
        return redirect("participants:own-consents")
    given = participant.consents.select_related("text").order_by("-given_at", "-pk")
    context = {
        "notice": personal_session.said(request),
        "consents": given,
        "contact": ConsentPurpose.CONTACT,
        "centre": participant.centre,
        "told": consents.told(participant.centre, language=get_language() or "nb"),
    }
    return render(request, "participants/own_consents.html", context)
