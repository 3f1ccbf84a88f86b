from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from centres.admin.scope import CentreScopedAdmin
from linkcenter import outbox
from linkcenter.models import Channel, Message
from linkcenter.named_views import NamedViewsMixin
from linkcenter.staff_pages import StaffRequest
from participants.access import messages_for
from participants.domain.contact import AlreadyTold, tell_by_hand
from participants.lists import MESSAGE_VIEWS


def readable_text(message: Message) -> str:
    """The text for staff to read. The link is in it only where staff have to pass it on."""
    if not message.text:
        return str(_("The text has been removed."))
    if message.channel == Channel.SMS:
        return outbox.full_text(message)
    return message.text.replace(outbox.GAP, str(_("[the person's own link]")))


@admin.register(Message)
class MessageAdmin(NamedViewsMixin, CentreScopedAdmin):
    """The outbox: what the centre has said, or is to say, to its people. Nobody writes in it."""

    change_list_template = "admin/tabbed_change_list.html"
    named_views = MESSAGE_VIEWS
    all_help = _("Everything that the centre has said, or is to say, to its people.")
    list_display = ["person", "subject", "channel", "state", "created_at", "sent_at"]
    list_display_links = ["subject"]
    ordering = ["-created_at", "-pk"]
    fields = [
        "person",
        "reach",
        "channel",
        "state",
        "error",
        "created_at",
        "sent_at",
        "subject",
        "body",
    ]
    readonly_fields = ["person", "reach", "body"]
    actions = ["mark_as_told"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        user: Any = request.user
        return messages_for(user).prefetch_related("recipient").order_by(*self.ordering)

    def _centre_id(self, obj: Any) -> int | None:
        return obj.recipient.centre_id

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.display(description=_("person"))
    def person(self, message: Message) -> str:
        return str(message.recipient)

    @admin.display(description=_("how to reach them"))
    def reach(self, message: Message) -> str:
        """The name, and the number or address: staff who ring need both on the page."""
        name = getattr(message.recipient, "name", None)
        return ", ".join(part for part in (name, message.to) if part)

    @admin.display(description=_("text"))
    def body(self, message: Message) -> str:
        return readable_text(message)

    @admin.action(description=_("I have told them this by hand"), permissions=["view"])
    def mark_as_told(self, request: StaffRequest, queryset: QuerySet[Message]) -> None:
        told = refused = 0
        for message in queryset:
            try:
                tell_by_hand(message, actor=request.user)
            except AlreadyTold:
                refused += 1
            else:
                told += 1
        if told:
            text = ngettext("%(n)s message is told.", "%(n)s messages are told.", told)
            self.message_user(request, text % {"n": told}, messages.SUCCESS)
        if refused:
            text = ngettext(
                "%(n)s message was skipped: it is told already, or does not wait for you.",
                "%(n)s messages were skipped: they are told already, or do not wait for you.",
                refused,
            )
            self.message_user(request, text % {"n": refused}, messages.WARNING)
