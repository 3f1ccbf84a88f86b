"""Paper for those without e-mail: letters in envelopes with a window, and the list of calls."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from centres.publishing.handouts import Code
from linkcenter.admin.pages import StaffRequest, staff_page
from linkcenter.messages import outbox
from linkcenter.models import Message
from participants.domain.messages.acts import AlreadyTold, tell_by_hand
from participants.domain.messages.by_hand import calls_today, letters_waiting
from participants.domain.read_log import note_recipients
from participants.states import Door

LIST = "admin:linkcenter_message_changelist"


class PaperPages:
    """For the admin of messages: what is printed, and what is done with it afterwards."""

    admin_site: Any
    opts: Any

    def paper_pages(self) -> list[URLPattern]:
        return [
            path("letters/", require_safe(self.letters_view), name="letters"),
            path("letters/sent/", require_POST(self.letters_sent_view), name="letters-sent"),
            path("calls/", require_safe(self.calls_view), name="calls"),
        ]

    def letters_view(self, request: StaffRequest) -> HttpResponse:
        """Every letter that waits, or the one that the address names: a sheet of A4 each."""
        waiting = letters_waiting(request.user)
        if one := request.GET.get("one"):
            waiting = waiting.filter(pk=int(one) if one.isascii() and one.isdigit() else 0)
            if not waiting:
                raise Http404
        people = [message.recipient for message in waiting]
        note_recipients(request.user, people, door=Door.LETTER)
        context = {
            "printed_at": timezone.localtime(),
            "title": _("Letters to print"),
            "letters": [_sheet(message) for message in waiting],
        }
        return staff_page(self, request, "admin/participants/message/letters.html", context)

    def letters_sent_view(self, request: StaffRequest) -> HttpResponse:
        """The letters that were on the page have been put in the post."""
        printed = [each for each in request.POST.getlist("letter") if each.isascii()]
        sent = 0
        for message in letters_waiting(request.user).filter(
            pk__in=[each for each in printed if each.isdigit()]
        ):
            try:
                tell_by_hand(message, actor=request.user)
            except AlreadyTold:
                continue
            sent += 1
        text = ngettext("%(n)s letter is sent.", "%(n)s letters are sent.", sent) % {"n": sent}
        messages.success(request, text)
        return redirect(LIST)

    def calls_view(self, request: StaffRequest) -> HttpResponse:
        calls = calls_today(request.user, today=timezone.localdate())
        people = [call.recipient for call in calls]
        note_recipients(request.user, people, door=Door.CALL_LIST)
        context = {
            "printed_at": timezone.localtime(),
            "title": _("To ring today"),
            "calls": calls,
        }
        return staff_page(self, request, "admin/participants/message/calls.html", context)


def _sheet(message: Message) -> dict[str, Any]:
    """What one letter is made of. Its link can be typed, or read by a telephone's camera."""
    address = outbox.address(message) if message.link_seed else ""
    recipient: Any = message.recipient
    return {
        "message": message,
        "recipient": recipient,
        "centre": recipient.centre,
        "parts": (message.text or "").split(outbox.GAP),
        "address": address,
        "code": Code(address) if address else None,
    }
