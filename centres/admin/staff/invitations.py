"""Inviting colleagues: those who lead a centre for that centre, administrators for all."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres import mail
from centres.access import Right, request_scope
from centres.admin.scope import CentreScopedAdmin
from centres.domain.staff import inviting
from centres.forms.invitations import InviteForm
from centres.lists.invitations import VIEWS
from centres.models import Centre, Invitation
from centres.states import Role
from linkcenter.admin.named_views import NamedViewFilter, NamedViewsMixin
from linkcenter.admin.pages import OwnAddPageMixin, OwnPageMixin, StaffRequest, posted, staff_page
from linkcenter.log_in.reauthentication import fresh
from linkcenter.models import MessageState

PAGE = "admin:centres_invitation_change"
LIST = "admin:centres_invitation_changelist"


@admin.register(Invitation)
class InvitationAdmin(NamedViewsMixin, OwnPageMixin, OwnAddPageMixin, CentreScopedAdmin):
    """Who is asked to work here. A coordinator sees none of it."""

    named_views = VIEWS
    all_help = gettext_lazy("Everybody who was asked to work here, the latest first.")
    change_list_template = "admin/tabbed_change_list.html"
    list_display = ["name", "role", "centre", "sent_at", "standing"]
    list_filter = [NamedViewFilter, "role"]
    list_select_related = ["centre"]
    search_fields = ["name", "email"]
    search_help_text = gettext_lazy("Search by name or e-mail.")
    open_to_administrators = True
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = self.model._default_manager.select_related("centre", "invited_by")
        scope = request_scope(request)
        return rows if scope.is_administrator else rows.filter(centre__in=scope.where(Right.INVITE))

    def _is_in_scope(self, request: HttpRequest, obj: Model | None) -> bool:
        scope = request_scope(request)
        if scope.is_administrator:
            return True
        if obj is None or obj.pk is None:
            return bool(scope.where(Right.INVITE))
        return scope.may(Right.INVITE, self._centre_id(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("how it stands"))
    def standing(self, invitation: Invitation) -> str:
        if invitation.accepted_at:
            return _("said yes")
        if invitation.withdrawn_at:
            return _("withdrawn")
        return _("not answered") if invitation.is_open(timezone.now()) else _("too old")

    @fresh
    def add_page(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        scope = request_scope(request)
        centres = Centre.objects.order_by("name")
        if not scope.is_administrator:
            centres = centres.filter(pk__in=scope.where(Right.INVITE))
        form = InviteForm(
            request.POST if request.method == "POST" else None,
            roles=inviting.roles_to_give(scope),
            centres=centres,
            initial={"role": Role.COORDINATOR, "language": user.language},
        )
        if form.is_valid():
            answers = form.cleaned_data
            try:
                invitation = inviting.invite(
                    answers["email"],
                    name=answers["name"],
                    role=Role(answers["role"]),
                    centre=answers["centre"],
                    by=user,
                    language=answers["language"],
                )
            except inviting.InvitingError as error:
                form.add_error("email", str(error.message))
            else:
                messages.success(request, _("The invitation is on its way."))
                return redirect(PAGE, invitation.pk)
        context = {
            "title": _("Invite a colleague"),
            "form": form,
        }
        return staff_page(self, request, "admin/centres/invitation/add_form.html", context)

    # One invitation

    def acts(self) -> list[URLPattern]:
        return [
            path("<int:pk>/send-again/", self.send_again_view, name="send_again"),
            path("<int:pk>/withdraw/", self.withdraw_view, name="withdraw"),
        ]

    def page(self, request: HttpRequest, invitation: Any) -> HttpResponse:
        message = mail.latest_invitation(invitation)
        context = {
            "title": _("Invitation"),
            "invitation": invitation,
            "standing": self.standing(invitation),
            "message": message,
            "failed": message is not None and message.state == MessageState.FAILED,
            "is_pending": invitation.accepted_at is None and invitation.withdrawn_at is None,
        }
        return staff_page(self, request, "admin/centres/invitation/change_form.html", context)

    @posted
    def send_again_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        invitation = self._invitation(request, pk)
        try:
            inviting.send_again(invitation, by=request.user)
        except inviting.InvitingError as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("A new link is on its way. The old one is closed."))
        return redirect(PAGE, pk)

    @posted
    def withdraw_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        try:
            inviting.withdraw(self._invitation(request, pk))
        except inviting.InvitingError as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("The invitation is withdrawn. Its link is closed."))
        return redirect(PAGE, pk)

    def _invitation(self, request: HttpRequest, pk: int) -> Invitation:
        invitation: Any = self.get_object(request, str(pk))
        if invitation is None:
            raise Http404
        return invitation
