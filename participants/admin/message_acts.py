"""What staff do with several messages at once. A page to check comes before anything is done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from linkcenter import drafting
from linkcenter.models import Message, User
from linkcenter.staff_pages import StaffRequest
from participants.domain.contact import AlreadyTold, tell_by_hand

Act = Callable[[Message, User], Any]


@dataclass(frozen=True)
class Bulk:
    """An act on several: its name in the list, what the page asks, and what is said of it after."""

    name: str
    question: str | Promise
    button: str | Promise
    done: Any  # a lazy plural
    act: Act


SEND = Bulk(
    "send_drafts",
    _("Send these drafts?"),
    _("Send them"),
    ngettext_lazy("%(n)s message is on its way.", "%(n)s messages are on their way.", "n"),
    lambda message, actor: drafting.release(message),
)
TOLD = Bulk(
    "mark_as_told",
    _("Have you told them all?"),
    _("Yes, I have told them"),
    ngettext_lazy("%(n)s message is told.", "%(n)s messages are told.", "n"),
    lambda message, actor: tell_by_hand(message, actor=actor),
)
RENEW = Bulk(
    "renew",
    _("Write these again, as it is now?"),
    _("Write them again"),
    ngettext_lazy("%(n)s message is written again.", "%(n)s messages are written again.", "n"),
    lambda message, actor: drafting.renew(message),
)
DROP = Bulk(
    "drop",
    _("Drop these messages? Nobody gets them."),
    _("Drop them"),
    ngettext_lazy("%(n)s message is dropped.", "%(n)s messages are dropped.", "n"),
    lambda message, actor: drafting.drop(message),
)


class BulkActs:
    """For the admin of messages: the acts above its list."""

    admin_site: Any
    opts: Any
    message_user: Any

    @admin.action(description=_("Send the drafts"), permissions=["view"])
    def send_drafts(self, request: StaffRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._bulk(request, queryset, SEND)

    @admin.action(description=_("I have told them this by hand"), permissions=["view"])
    def mark_as_told(self, request: StaffRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._bulk(request, queryset, TOLD)

    @admin.action(description=_("Write again, as it is now"), permissions=["view"])
    def renew(self, request: StaffRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._bulk(request, queryset, RENEW)

    @admin.action(description=_("Drop: nobody gets it"), permissions=["view"])
    def drop(self, request: StaffRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._bulk(request, queryset, DROP)

    def _bulk(self, request: StaffRequest, chosen: QuerySet, bulk: Bulk) -> HttpResponse | None:
        if "sure" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": bulk.question,
                "bulk": bulk,
                "chosen": list(chosen),
            }
            return TemplateResponse(request, "admin/participants/message/check.html", context)
        done, refused = _do(bulk.act, chosen, request.user)
        if done:
            self.message_user(request, bulk.done % {"n": done}, messages.SUCCESS)
        if refused:
            text = ngettext(
                "%(n)s message was skipped: it is told already, or does not wait for you.",
                "%(n)s messages were skipped: they are told already, or do not wait for you.",
                refused,
            )
            self.message_user(request, text % {"n": refused}, messages.WARNING)
        return None


def _do(act: Act, chosen: Iterable[Message], actor: User) -> tuple[int, int]:
    """How many it was done with, and how many it could not be done with."""
    done = refused = 0
    for message in chosen:
        try:
            act(message, actor)
        except (drafting.DraftError, AlreadyTold):
            refused += 1
        else:
            done += 1
    return done, refused
