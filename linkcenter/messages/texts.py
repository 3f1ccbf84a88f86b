"""Texts of messages: one subject and one body for each kind, in the recipient's language."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise

from linkcenter.models import Channel

# One letter that is not in the telephones' own alphabet makes a text message twice as long.
PLAIN = str.maketrans({"\xa0": " ", "–": "-", "«": '"', "»": '"', "’": "'", "…": "..."})


@dataclass(frozen=True)
class Rendered:
    """A rendered text: a neutral subject of one line, and the body."""

    subject: str
    text: str


def write(
    kind: str, *, language: str, channel: str = Channel.EMAIL, gap: str = "", **context: Any
) -> Rendered:
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
    if channel == Channel.SMS:
        text = text.translate(PLAIN)
    return Rendered(subject=" ".join(subject.split()), text=text + "\n")


@dataclass(frozen=True)
class Text:
    """A text that the centres send: when it goes, the ways it may go by, and values to show it."""

    kind: str
    when: str | Promise
    channels: tuple[Channel, ...]
    example: Callable[[Any], dict[str, Any]]  # of the centre that sends it
    has_link: bool = True

    def shown(self, *, centre: Any, language: str, channel: str, gap: str = "") -> Rendered:
        """The text as somebody would read it."""
        context = {"centre": centre, "by_hand": channel != Channel.EMAIL, **self.example(centre)}
        gap = gap if self.has_link else ""
        return write(self.kind, language=language, channel=channel, gap=gap, **context)


EVERY_WAY = tuple(Channel)
BY_MAIL = (Channel.EMAIL,)
TEXTS: dict[str, Text] = {}


def declare(
    kind: str,
    *,
    when: str | Promise,
    example: Callable[[Any], dict[str, Any]],
    channels: tuple[Channel, ...] = EVERY_WAY,
    has_link: bool = True,
) -> None:
    """Every text is declared once, in its app's ``texts.py``: staff can read them all."""
    TEXTS[kind] = Text(kind, when, channels, example, has_link)
