"""Mail in development: each is a file, none is sent, and a page shows them with their links."""

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

SHOWN = 200


class MailFolder(BaseEmailBackend):
    """Writes each mail to a file of its own in ``EMAIL_FILE_PATH``."""

    def send_messages(self, email_messages: Sequence) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            file = folder / f"{time.time_ns()}-{secrets.token_hex(3)}.eml"
            half = file.with_suffix(".part")  # nobody reads half a mail
            half.write_bytes(mail.message().as_bytes(linesep="\r\n"))
            half.rename(file)
        return len(email_messages)


@dataclass(frozen=True)
class ReceivedMail:
    """A mail as its recipient sees it."""

    name: str
    to: str
    sender: str
    subject: str
    text: str
    sent_at: datetime


@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    files = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.eml"), reverse=True)[:SHOWN]
    return render(request, "demo_mail/list.html", {"mails": [_read(file) for file in files]})


@require_safe
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    file = Path(settings.EMAIL_FILE_PATH) / f"{name}.eml"
    if not file.is_file():
        raise Http404
    return render(request, "demo_mail/detail.html", {"mail": _read(file)})


def _read(file: Path) -> ReceivedMail:
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)  # noqa: S101  the default policy makes no other
    body = mail.get_body(("plain",))
    return ReceivedMail(
        name=file.stem,
        to=str(mail["To"]),
        sender=str(mail["From"]),
        subject=str(mail["Subject"]),
        text=body.get_content() if body else "",
        sent_at=datetime.fromtimestamp(int(file.stem.split("-")[0]) / 1e9, tz=UTC),
    )
