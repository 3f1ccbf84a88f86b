"""What staff do with several keys or loans at once."""

from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from centres.domain.booking.keys import KeyRefused, NotOut, take_back
from centres.domain.booking.single_uses import NotALoanAhead, give_back, is_loan_ahead
from centres.models import Booking, Key
from linkcenter.admin.bulk import BulkAct
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


def _why_not_called_off(booking: Booking) -> str | Promise:
    return "" if is_loan_ahead(booking, now=timezone.now()) else NotALoanAhead.message


def _call_off(booking: Booking, answers: dict[str, Any], actor: User) -> None:
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
        refusals=(NotALoanAhead,),
    ),
)
