import os
import signal
import sys
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from groups.matching import FULL, QUICK, Effort, ProblemError, Progress, propose_groups
from groups.matching.files import read_problem, write_proposal

EFFORTS = {"quick": QUICK, "full": FULL}
FAULTY = 2  # exit code: the input cannot be used
WIDTH = 30  # of the bar, in characters


class Command(BaseCommand):
    help = (
        "Propose groups for everybody in an instance file. An interrupt (Ctrl-C) keeps what is"
        " best so far; a second one stops at once and writes nothing."
    )
    requires_system_checks = ()  # a file needs neither settings nor a database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--input", type=Path, metavar="FILE", help="An instance to solve.")
        parser.add_argument("--output", type=Path, metavar="FILE", help="Where the answer goes.")
        parser.add_argument("--effort", choices=EFFORTS, default="full", help="How hard to try.")
        parser.add_argument("--seed", type=int, default=0, help="Another seed, another search.")
        parser.add_argument(
            "--processes",
            type=int,
            default=os.cpu_count() or 1,
            metavar="N",
            help="For long lists; the answer is the same for any number.",
        )

    def handle(
        self,
        *args: Any,
        input: Path | None,
        output: Path | None,
        effort: str,
        seed: int,
        processes: int,
        **options: Any,
    ) -> None:
        if input is None or output is None:
            raise CommandError("Name an --input and an --output.")
        if processes < 1:
            raise CommandError("There must be at least one process.")
        self._solve_file(input, output, replace(EFFORTS[effort], seed=seed), processes)

    def _solve_file(self, source: Path, target: Path, effort: Effort, processes: int) -> None:
        """From file to file, without a database."""
        if not target.parent.is_dir():
            raise CommandError(f"There is no folder {target.parent}.")
        with _Watch() as watch:
            try:
                problem = read_problem(source)
                proposal = propose_groups(
                    problem, effort=effort, processes=processes, progress=watch.tell
                )
                write_proposal(target, proposal)
            except ProblemError as error:
                faults = "\n".join(f"  {fault}" for fault in error.faults)
                raise CommandError(
                    f"{source} cannot be used:\n{faults}", returncode=FAULTY
                ) from error
            except OSError as error:
                raise CommandError(f"{error.filename}: {error.strerror}") from error
        bound = proposal.bound
        self.stdout.write(
            f"{proposal.score.placed} of {len(problem.participants)} placed"
            f" in {len(proposal.groups)} new groups"
            + (f"; at most {bound.value} can be" if bound else "")
        )
        for violation in proposal.violations:
            self.stderr.write(f"locked, but no longer possible: {violation.code} {violation.where}")


class _Watch:
    """A bar where somebody looks at a terminal, and Ctrl-C as a wish to have what there is."""

    def __enter__(self) -> "_Watch":
        self.interrupted = False
        self.visible = sys.stderr.isatty()
        self.before = signal.signal(signal.SIGINT, self._interrupt)
        return self

    def __exit__(self, *error: object) -> None:
        signal.signal(signal.SIGINT, self.before)
        if self.visible:
            sys.stderr.write("\r\033[K")

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        if self.interrupted:
            raise KeyboardInterrupt
        self.interrupted = True

    def tell(self, progress: Progress) -> bool:
        if self.visible:
            filled = WIDTH * progress.done // max(1, progress.total)
            bar = "#" * filled + "." * (WIDTH - filled)
            sys.stderr.write(f"\r[{bar}] {progress.placed} placed\033[K")
            sys.stderr.flush()
        return not self.interrupted
