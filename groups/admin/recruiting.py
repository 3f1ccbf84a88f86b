"""What staff do about an initiator besides the form: take somebody on the list, and the link."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres.access import centres_of, enquiries_for
from centres.domain.enquiries import EnquiryError
from centres.states import EnquiryKind
from groups.admin.shared import PERSON_PAGE
from groups.domain.errors import GroupError
from groups.domain.initiators.helping import close_link, send_new_link
from groups.domain.initiators.recruiting import enlist_person, enlist_writer
from groups.models import Initiator
from linkcenter.admin.pages import StaffRequest, staff_page
from linkcenter.forms.base import ActForm
from participants.access import registration_or_404
from participants.domain.intake.responsible import asks_why
from participants.domain.read_log import note
from participants.states import Door

PAGE = "admin:groups_initiator_change"
REFUSALS = (GroupError, EnquiryError)


class EnlistForm(ActForm):
    key = "enlist"
    submit_label = gettext_lazy("Put on the list")

    agreed = forms.BooleanField(
        label=gettext_lazy("They agree that we keep name and number, to ask them about groups"),
        error_messages={
            "required": gettext_lazy("Ask them first. Tick the box when they have agreed.")
        },
    )


class InitiatorActs:
    """The acts on the page of an initiator, and those that make one; part of their admin."""

    admin_site: Any
    opts: Any

    def initiator_acts(self) -> list[URLPattern]:
        acts = {
            "person": ("from-person/<int:pk>/", self.from_person_view),
            "enquiry": ("from-enquiry/<int:pk>/", self.from_enquiry_view),
            "link": ("<int:pk>/link/", self.link_view),
            "close_link": ("<int:pk>/close-link/", self.close_link_view),
        }
        return [
            path(route, self.admin_site.admin_view(view), name=f"groups_initiator_{name}")
            for name, (route, view) in acts.items()
        ]

    def from_person_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """Somebody who looks for a group has said that they might help others to start."""
        registration = registration_or_404(request.user, pk)
        person = registration.participant
        if request.method != "POST" and asks_why(registration, request.user):
            return redirect(PERSON_PAGE, pk)  # which asks
        note(request.user, [person.pk], door=Door.PERSON)
        return self._enlist(
            request, person, lambda: enlist_person(registration, actor=request.user)
        )

    def from_enquiry_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """Somebody has asked to become an initiator."""
        open_ones = enquiries_for(request.user).open().select_related("centre")
        own = open_ones.filter(kind=EnquiryKind.INITIATOR, centre__in=centres_of(request.user))
        enquiry = get_object_or_404(own, pk=pk)
        return self._enlist(request, enquiry, lambda: enlist_writer(enquiry, actor=request.user))

    def _enlist(
        self, request: StaffRequest, person: Any, act: Callable[[], Initiator]
    ) -> HttpResponse:
        form = EnlistForm(request.POST if request.method == "POST" else None, action=request.path)
        if form.is_valid():
            try:
                initiator = act()
            except REFUSALS as error:
                form.add_error(None, str(error.message))
            else:
                messages.success(request, _("On the list. The next step is the training."))
                return redirect(PAGE, initiator.pk)
        context = {
            "title": _("Put on the list of those who would help"),
            "person": person,
            "form": form,
        }
        return staff_page(self, request, "admin/groups/initiator/enlist.html", context)

    def link_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """A new link to the own groups; the old one is closed."""
        initiator = self._own(request, pk)
        if request.method == "POST":
            send_new_link(initiator, actor=request.user)
            messages.success(request, _("The link is on its way, or waits for you to send it."))
        return redirect(PAGE, pk)

    def close_link_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        initiator = self._own(request, pk)
        if request.method == "POST":
            close_link(initiator, actor=request.user)
            messages.success(request, _("The link is closed."))
        return redirect(PAGE, pk)

    def _own(self, request: StaffRequest, pk: int) -> Initiator:
        """The initiator, for staff of the centre. Others get the answer for a missing one."""
        rows = Initiator.objects.filter(centre__in=centres_of(request.user))
        return get_object_or_404(rows.select_related("centre"), pk=pk)
