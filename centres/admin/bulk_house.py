"""What staff do with several keys, loans or enquiries at once."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from centres.admin.colleagues import ColleagueForm
from centres.domain.enquiries import EnquiryError, give_to, take_care_of
from centres.domain.keys import KeyRefused, NotOut, take_back
from centres.domain.single_uses import give_back
from centres.models import Booking, Enquiry, Key
from linkcenter.bulk import BulkAct
from linkcenter.models import User


def _key(key: Key) -> str:
    return f"{key}, {key.holder}" if key.holder else str(key)


def _why_not_back(key: Key) -> str | Promise:
    if key.lost_on:
        return _("it is lost. Note on its page that it is found")
    return "" if key.since else NotOut.message


def _back(key: Key, answers: dict[str, Any], actor: User) -> None:
    take_back(key, actor=actor)


KEY_ACTS = (
    BulkAct(
        name="take_back",
        label=_("They are back"),
        question=_("Are these keys back?"),
        button=_("Yes, they are back"),
        done=ngettext_lazy("%(n)s key is in the house.", "%(n)s keys are in the house.", "n"),
        do=_back,
        rows=lambda keys: keys.select_related("venue"),
        skips=_why_not_back,
        refusals=(KeyRefused,),
        tell=_key,
    ),
)


class NotAhead(Exception):
    message = _("only what an organisation borrows once, and what is ahead, is called off")


def _why_not_called_off(booking: Booking) -> str | Promise:
    is_loan = booking.holder_id is not None and booking.cancelled_at is None
    return "" if is_loan and booking.span.lower > timezone.now() else NotAhead.message


def _call_off(booking: Booking, answers: dict[str, Any], actor: User) -> None:
    if _why_not_called_off(booking):
        raise NotAhead
    give_back(booking)


LOAN_ACTS = (
    BulkAct(
        name="give_back",
        label=_("They do not need it after all"),
        question=_("Call these loans off?"),
        button=_("Call them off"),
        done=ngettext_lazy(
            "%(n)s loan is called off. The room is free.",
            "%(n)s loans are called off. The rooms are free.",
            "n",
        ),
        do=_call_off,
        skips=_why_not_called_off,
        refusals=(NotAhead,),
    ),
)


def _enquiry(enquiry: Enquiry) -> str:
    day = timezone.localdate(enquiry.created_at)
    return f"{enquiry.get_kind_display()}, {day:%d.%m.%Y}"


def _why_done(enquiry: Enquiry) -> str | Promise:
    return _("it is taken care of already") if enquiry.handled_at else ""


def _why_not_given(enquiry: Enquiry) -> str | Promise:
    if enquiry.centre is None:
        return _("the administrators answer it")
    return _why_done(enquiry)


def _with_centre(enquiries: QuerySet[Any]) -> QuerySet[Any]:
    return enquiries.select_related("centre")


def _give(enquiry: Enquiry, answers: dict[str, Any], actor: User) -> None:
    give_to(enquiry, colleague=answers["colleague"], actor=actor)


def _take_care(enquiry: Enquiry, answers: dict[str, Any], actor: User) -> None:
    take_care_of(enquiry, by=actor)


ENQUIRY_ACTS = (
    BulkAct(
        name="give_to",
        label=_("Give them to a colleague"),
        question=_("Give these enquiries to a colleague?"),
        button=_("Give them on"),
        done=ngettext_lazy("%(n)s enquiry is given on.", "%(n)s enquiries are given on.", "n"),
        do=_give,
        form=ColleagueForm,
        rows=_with_centre,
        skips=_why_not_given,
        refusals=(EnquiryError,),
        tell=_enquiry,
    ),
    BulkAct(
        name="take_care",
        label=_("They are taken care of"),
        question=_("Are these enquiries taken care of?"),
        button=_("Yes, they are"),
        done=ngettext_lazy(
            "%(n)s enquiry is taken care of.", "%(n)s enquiries are taken care of.", "n"
        ),
        do=_take_care,
        skips=_why_done,
        refusals=(EnquiryError,),
        tell=_enquiry,
    ),
)
