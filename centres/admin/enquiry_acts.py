"""What staff do with several enquiries at once."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from centres.admin.staff.colleagues import ColleagueForm
from centres.domain.enquiries import EnquiryError, give_to, take_care_of
from centres.models import Enquiry
from linkcenter.admin.bulk import BulkAct
from linkcenter.models import User


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
