"""What was found, in one table at the end."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One line: what was measured, the figure, and what to see it beside."""

    what: str
    figure: str
    beside: str = ""


def show(findings: Iterable[Finding]) -> None:
    print(f"\n{'measured':58}{'figure':>16}  beside")
    for each in findings:
        print(f"{each.what:58}{each.figure:>16}  {each.beside}")
