"""The texts to those who log in: when each goes, and somebody to show it with."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linkcenter.log_in.mail import Failures
from linkcenter.messages.texts import BY_MAIL, declare
from linkcenter.models import User


def _colleague(centre: Any) -> dict[str, Any]:
    closes_on = timezone.localdate() + timedelta(days=30)
    failures = Failures(mails=2, late=1, given_up=1, no_backup=True)
    return {"user": User(name="Kari Nordmann"), "closes_on": closes_on, "failures": failures}


declare(
    "new_password",
    when=_("Somebody who works here has forgotten the password"),
    example=_colleague,
    channels=BY_MAIL,
)
declare(
    "log_in_changed",
    when=_("The password or the second factor of somebody who works here has changed"),
    example=_colleague,
    channels=BY_MAIL,
    has_link=False,
)
declare(
    "log_in_moved",
    when=_("An administrator has changed the address that somebody who works here logs in with"),
    example=_colleague,
    channels=BY_MAIL,
    has_link=False,
)
declare(
    "failures",
    when=_("In the morning, when something has not gone as it should"),
    example=_colleague,
    channels=BY_MAIL,
    has_link=False,
)
declare(
    "account_unused",
    when=_("An account has not been used for half a year"),
    example=_colleague,
    channels=BY_MAIL,
    has_link=False,
)
