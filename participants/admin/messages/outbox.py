"""The outbox: what the centre has said or is to say, each with a page where staff decide on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres.admin.scope import CentreScopedAdmin
from centres.models import Centre
from linkcenter.admin.bulk import BulkActsMixin
from linkcenter.admin.named_views import NamedViewsMixin
from linkcenter.admin.pages import OwnPageMixin, StaffRequest, posted, staff_page
from linkcenter.messages import drafts, outbox
from linkcenter.models import Channel, Message, MessageState
from participants.access import message_or_404, messages_at, messages_for
from participants.admin.messages.bulk import MESSAGE_ACTS
from participants.admin.messages.paper import PaperPages
from participants.admin.messages.texts import TextPages
from participants.admin.messages.writing import EditForm, WritingPages
from participants.admin.noted_lists import listed
from participants.domain.messages.acts import AlreadyTold, renew, tell_by_hand
from participants.domain.messages.by_hand import sms_address, why_it_failed
from participants.domain.read_log import note_recipients
from participants.lists import MESSAGE_VIEWS
from participants.models import Participant
from participants.states import Door

PAGE = "admin:linkcenter_message_change"
LIST = "admin:linkcenter_message_changelist"


def readable_text(message: Message) -> str:
    """The text for staff to read. The link is in it only where staff have to pass it on."""
    if not message.text:
        return _("The text has been removed.")
    if message.channel == Channel.SMS:
        return outbox.full_text(message)
    return message.text.replace(outbox.GAP, _("[the person's own link]"))


@admin.register(Message)
class MessageAdmin(
    BulkActsMixin,
    WritingPages,
    PaperPages,
    TextPages,
    NamedViewsMixin,
    OwnPageMixin,
    CentreScopedAdmin,
):
    """The outbox. A message is changed by acts alone, and only as long as nobody has got it."""

    change_list_template = "admin/participants/message/change_list.html"
    named_views = MESSAGE_VIEWS
    all_help = gettext_lazy("Everything that the centre has said, or is to say, to its people.")
    list_display = ["person", "subject", "channel", "standing", "created_at", "sent_at"]
    list_display_links = ["subject"]
    ordering = ["-created_at", "-pk"]
    bulk_acts = MESSAGE_ACTS
    search_fields = ["pk"]  # makes Django ask get_search_results, which searches otherwise
    search_help_text = gettext_lazy("Search by a person's reference, such as D-1042.")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        user: Any = request.user
        return messages_for(user).prefetch_related("recipient").order_by(*self.ordering)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        if not search_term:
            return queryset, False
        person = Participant.pk_of(search_term)
        if person is None:  # which would find all that went to somebody else
            return queryset.none(), False
        return queryset.filter(participant=person), False

    def at_centre(self, rows: QuerySet, centre_id: int) -> QuerySet:
        at = messages_at(Centre.objects.filter(pk=centre_id))
        return rows.filter(pk__in=at.values("pk"))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        page = super().changelist_view(request, extra_context)
        return listed(request, page, lambda message: [message.recipient])

    def bulk_shown(self, request: HttpRequest, rows: list[Message]) -> None:
        reader: Any = request.user
        note_recipients(reader, [message.recipient for message in rows], door=Door.LIST)

    def _centre_id(self, obj: Any) -> int | None:
        return obj.recipient.centre_id

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("person"))
    def person(self, message: Message) -> str:
        return str(message.recipient)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def standing(self, message: Message) -> str:
        """The state, and why it stands still if it does."""
        if message.stale:
            return _("%(state)s, out of date") % {"state": message.get_state_display()}
        if message.state == MessageState.FAILED:
            return _("failed: %(why)s") % {"why": why_it_failed(message)}
        if message.waits_because:
            why = message.get_waits_because_display()
            return f"{message.get_state_display()}: {why}"
        return message.state_words

    # One message

    def acts(self) -> list[URLPattern]:
        return [
            *self.writing_pages(),
            *self.paper_pages(),
            *self.text_pages(),
            path("<int:pk>/edit/", self.edit_view, name="edit"),
            path("<int:pk>/send/", self.send_view, name="send"),
            path("<int:pk>/renew/", self.renew_view, name="renew"),
            path("<int:pk>/drop/", self.drop_view, name="drop"),
            path("<int:pk>/told/", self.told_view, name="told"),
        ]

    def page(
        self, request: HttpRequest, message: Any, filled_in: EditForm | None = None
    ) -> HttpResponse:
        recipient = message.recipient
        reader: Any = request.user
        note_recipients(reader, [recipient], door=Door.MESSAGE)
        may_edit = message.state == MessageState.DRAFT and bool(message.text)
        context = {
            "title": message.subject,
            "message": message,
            "recipient": recipient,
            "registration": _latest_registration(recipient),
            "standing": self.standing(message),
            "text": readable_text(message),
            "parts": (message.text or "").split(outbox.GAP),
            "sms_address": sms_address(message) if message.channel == Channel.SMS else "",
            "is_draft": message.state == MessageState.DRAFT,
            "is_by_hand": Message.objects.ring_instead().filter(pk=message.pk).exists(),
            "is_untold": Message.objects.untold().filter(pk=message.pk).exists(),
            "form": filled_in or (EditForm(message=message) if may_edit else None),
            "why_it_failed": why_it_failed(message),
        }
        return staff_page(self, request, "admin/participants/message/change_form.html", context)

    def _act(
        self, request: StaffRequest, pk: int, act: Callable[[Message], Any], said: str
    ) -> HttpResponse:
        message = message_or_404(request.user, pk)
        try:
            made = act(message)
        except (drafts.DraftError, AlreadyTold) as error:
            messages.warning(request, str(error.message))
            return redirect(PAGE, pk)
        messages.success(request, said)
        return redirect(PAGE, made.pk if isinstance(made, Message) else pk)

    @posted
    def send_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        return self._act(request, pk, drafts.release, _("It is on its way."))

    @posted
    def renew_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        return self._act(request, pk, renew, _("Written again, as it is now."))

    @posted
    def drop_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        return self._act(request, pk, drafts.drop, _("Dropped. Nobody gets it."))

    @posted
    def told_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        def tell(message: Message) -> None:
            tell_by_hand(message, actor=request.user)

        return self._act(request, pk, tell, _("Noted: you have told them."))

    @posted
    def edit_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        message = message_or_404(request.user, pk)
        form = EditForm(request.POST, message=message)
        if not form.is_valid():
            return self.page(request, message, form)
        text = form.cleaned_data["text"]
        return self._act(
            request,
            pk,
            lambda draft: drafts.edit(draft, subject=draft.subject, text=text),
            _("The text is saved."),
        )


def _latest_registration(recipient: Any) -> Any:
    """The registration whose page is the person's; None for who has only signed up or asked."""
    rows = getattr(recipient, "registrations", None)
    return rows.order_by("-registered_at", "-pk").first() if rows is not None else None
