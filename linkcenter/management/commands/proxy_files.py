from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import BaseCommand
from django.test import RequestFactory

from linkcenter.errors import RETRY_AFTER, SHORT_BREAK, TOO_MUCH, TOO_MUCH_AT_ONCE, standalone

OWN = ("content-type", "content-length", "content-language", "cache-control", "expires", "vary")


class Command(BaseCommand):
    help = "Write the pages and headers that nginx answers with where it cannot ask LINK."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="such as /etc/nginx/link")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        request = RequestFactory().get("/healthz", secure=True, headers={"host": _host()})
        headers = WSGIHandler().get_response(request).headers
        folder.mkdir(parents=True, exist_ok=True)
        for page in (TOO_MUCH, TOO_MUCH_AT_ONCE, SHORT_BREAK):
            (folder / f"{page.status}.html").write_text(standalone(request, page), "utf-8")
        told = [(name, value) for name, value in headers.items() if name.lower() not in OWN]
        told += [("Cache-Control", "no-store"), ("Retry-After", str(RETRY_AFTER))]
        lines = [f'add_header {name} "{value}" always;\n' for name, value in told]
        (folder / "headers.conf").write_text("".join(lines), "utf-8")


def _host() -> str:
    return settings.ALLOWED_HOSTS[0]
