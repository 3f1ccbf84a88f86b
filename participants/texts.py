"""The texts to people on the list: when each goes, and somebody made up to show it with."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linkcenter.messages.texts import BY_MAIL, declare
from linkcenter.models import User
from participants.models import Participant, Registration
from participants.states import ConsentPurpose, TalkWay


def somebody(centre: Any) -> dict[str, Any]:
    return {"participant": Participant(pk=42, name="Kari Nordmann", centre=centre)}


def _on_the_list(centre: Any) -> dict[str, Any]:
    now = timezone.localtime()
    registration = Registration(
        registered_at=now - timedelta(days=120),
        talk_at=(now + timedelta(days=7)).replace(hour=10, minute=0),
        talk_kind=TalkWay.PHONE,
        talk_by=User(name="Anne"),
    )
    until = now.date() + timedelta(days=245)
    given = [(ConsentPurpose.CONTACT, now - timedelta(days=365))]
    return somebody(centre) | {
        "registration": registration,
        "works_for": _("14 days"),
        "kept_until": until,
        "given": given,
        "is_public_task": False,
    }


def _own_words(centre: Any) -> dict[str, Any]:
    return somebody(centre) | {"words": _("Here stands what you write.")}


declare("receipt", when=_("Somebody has registered"), example=somebody)
declare(
    "confirm_registration",
    when=_("A registration looked odd, and the person is asked whether it is theirs"),
    example=somebody,
    channels=BY_MAIL,
)
declare("own_page", when=_("Somebody asks for a link to their own page"), example=somebody)
declare(
    "confirm_address",
    when=_("Somebody gives a new e-mail address"),
    example=somebody,
    channels=BY_MAIL,
)
declare(
    "address_changed",
    when=_("The e-mail address has changed, to the old one"),
    example=somebody,
    channels=BY_MAIL,
    has_link=False,
)
declare("withdrawn", when=_("Somebody has withdrawn"), example=somebody, channels=BY_MAIL)
declare("talk_booked", when=_("A talk is booked"), example=_on_the_list)
declare("talk_changed", when=_("A talk is moved"), example=_on_the_list)
declare("talk_cancelled", when=_("A talk is cancelled"), example=_on_the_list, has_link=False)
declare("still", when=_("Somebody has waited for three or six months"), example=_on_the_list)
declare("consents", when=_("A year after the consent was given"), example=_on_the_list)
declare("moved", when=_("Somebody has moved to your centre"), example=_on_the_list)
declare("call_us", when=_("You ask somebody to call"), example=somebody)
declare("tried_to_reach", when=_("You have tried in vain"), example=somebody)
declare("own_words", when=_("You write yourself"), example=_own_words)
