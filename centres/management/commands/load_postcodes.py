from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from centres.postcodes import BrokenRegister, load_register

MOST_NAMED = 40  # of each kind of change: the first time, all 5,000 are new
STEP = 100


class Command(BaseCommand):
    help = (
        "Load Posten's register of postcodes (the text file with tabs, in Latin-1). All of it or "
        "nothing: a broken file is refused with its faults. Codes that are gone are removed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            changes = load_register(file, progress=self._show)
        except BrokenRegister as broken:
            self._clear()
            for fault in broken.faults:
                self.stderr.write(str(fault))
            raise CommandError(
                f"Nothing is loaded. Faults in {file}: {len(broken.faults)}."
            ) from None
        self._clear()
        for kind, found in (
            ("New", changes.new),
            ("Changed", changes.changed),
            ("Gone", changes.gone),
        ):
            for each in found[:MOST_NAMED]:
                self.stdout.write(f"{kind}: {each}")
            if len(found) > MOST_NAMED:
                self.stdout.write(f"{kind}: and {len(found) - MOST_NAMED} more")
        self.stdout.write(
            f"Postcodes: {len(changes.new)} new, {len(changes.changed)} changed, "
            f"{len(changes.gone)} gone, {changes.same} as before."
        )

    def _show(self, done: int, total: int) -> None:
        if self.stdout.isatty() and (done % STEP == 0 or done == total):
            self.stdout.write(f"\rReading line {done} of {total}", ending="")
            self.stdout.flush()

    def _clear(self) -> None:
        if self.stdout.isatty():
            self.stdout.write("\r" + " " * 40 + "\r", ending="")
