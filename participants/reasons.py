"""Why a message did not arrive, in words."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linkcenter.models import Message
from linkcenter.outbox import TOO_MANY


def why_it_failed(message: Message) -> str | Promise:
    """What staff read instead of the mail server's answer; nothing if nothing failed."""
    if not message.error:
        return ""
    if message.error == TOO_MANY:
        return _("too many have been sent to this address")
    codes = [int(code) for code in re.findall(r"\d{3}", message.error)]
    if any(code >= 500 for code in codes):
        return _("there is no such address, or it takes no mail")
    if codes:
        return _("the mailbox was full or busy for a whole day")
    return _("the mail server could not be reached for a whole day")
