from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand

from linkcenter.web.errors import RETRY_AFTER
from linkcenter.web.standalone import PAGES, headers, text


class Command(BaseCommand):
    help = "Write the pages and headers that nginx answers with where it cannot ask LINK."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="such as /etc/nginx/link")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for page in PAGES:
            (folder / f"{page.status}.html").write_text(text(page), "utf-8")
        lines = [f'add_header {name} "{value}" always;\n' for name, value in headers()]
        (folder / "headers.conf").write_text("".join(lines), "utf-8")
        later = f'add_header Retry-After "{RETRY_AFTER}" always;\n'
        (folder / "later.conf").write_text(later, "utf-8")
