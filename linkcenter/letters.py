"""Texts of messages: one subject and one body for each kind, in the recipient's language."""

import re
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from linkcenter.models import Channel


@dataclass(frozen=True)
class Letter:
    """A rendered text: a neutral subject of one line, and the body."""

    subject: str
    text: str


def write(
    kind: str, *, language: str, channel: str = Channel.EMAIL, gap: str = "", **context: Any
) -> Letter:
    """The text ``kind`` from ``templates/mail/``, in ``language`` and as ``channel`` needs it.

    Text messages and calls have words of their own where there is such a file: ``kind.sms.txt``,
    ``kind.call.txt``. Nobody opens a link during a call, so a call has none. The templates are
    plain text; nothing in them is escaped.
    """
    context |= {"channel": channel, "gap": "" if channel == Channel.CALL else gap}
    with translation.override(language):
        subject = render_to_string(f"mail/{kind}.subject.txt", context)
        body = render_to_string([f"mail/{kind}.{channel}.txt", f"mail/{kind}.txt"], context)
    # Parts that are included, and lines that are not for this channel, leave empty lines behind.
    text = re.sub(r"\n{3,}", "\n\n", body.strip())
    return Letter(subject=" ".join(subject.split()), text=text + "\n")
