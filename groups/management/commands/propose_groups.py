import os
import signal
import sys
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from centres.models import Centre
from groups.domain.errors import AlreadyUnderWay
from groups.domain.forming import match_runs
from groups.matching import (
    FULL,
    QUICK,
    Effort,
    ProblemError,
    Progress,
    proposal_from_dict,
    propose_groups,
)
from groups.matching.exchange.files import read_problem, write_proposal

EFFORTS = {"quick": QUICK, "full": FULL}
FAULTY = 2  # exit code: the input cannot be used
WIDTH = 30  # of the bar, in characters


class Command(BaseCommand):
    help = (
        "Propose groups for everybody in an instance file; or, without files, for everybody who"
        " waits, each centre by itself, and keep the proposals for its staff. An interrupt (Ctrl-C)"
        " keeps what is best so far; a second one stops at once and writes nothing."
    )
    requires_system_checks = ()  # a file needs neither settings nor a database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--input", type=Path, metavar="FILE", help="An instance to solve.")
        parser.add_argument("--output", type=Path, metavar="FILE", help="Where the answer goes.")
        parser.add_argument(
            "--centre",
            action="append",
            default=[],
            metavar="SLUG",
            help="Of the database; may be given again. Else all that take registrations.",
        )
        parser.add_argument(
            "--together", action="store_true", help="One run for the centres, not one for each."
        )
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
        centre: list[str],
        together: bool,
        effort: str,
        seed: int,
        processes: int,
        **options: Any,
    ) -> None:
        if processes < 1:
            raise CommandError("There must be at least one process.")
        chosen = replace(EFFORTS[effort], seed=seed)
        if input is None and output is None:
            self._solve_centres(centre, together, chosen)
        elif input is None or output is None or centre or together:
            raise CommandError("Name an --input and an --output, or neither and centres.")
        else:
            self._solve_file(input, output, chosen, processes)

    def _solve_centres(self, slugs: list[str], together: bool, effort: Effort) -> None:
        """On the database: a run for each centre, or one for all of them."""
        found = Centre.objects.filter(slug__in=slugs) if slugs else Centre.objects.all()
        centres = list(found.order_by("slug") if slugs else found.filter(takes_registrations=True))
        if unknown := set(slugs) - {centre.slug for centre in centres}:
            raise CommandError(f"No such centre: {', '.join(sorted(unknown))}")
        for each in [centres] if together and centres else [[centre] for centre in centres]:
            names = ", ".join(centre.slug for centre in each)
            try:
                with _Watch() as watch:
                    run = match_runs.propose(each, actor=None, effort=effort, listener=watch.tell)
            except AlreadyUnderWay:
                self.stderr.write(f"{names}: proposals are being made already")
                continue
            except ProblemError as error:
                faults = "\n".join(f"  {fault}" for fault in error.faults)
                raise CommandError(f"{names}:\n{faults}", returncode=FAULTY) from error
            proposal = proposal_from_dict(run.result or {})
            waiting = proposal.score.placed + len(proposal.unplaced)
            self.stdout.write(
                f"{names}: {proposal.score.placed} of {waiting} placed"
                f" in {len(proposal.groups)} new groups"
            )
            if watch.interrupted:
                return

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
