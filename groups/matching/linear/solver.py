"""HiGHS as we run it.

One thread and no time limit, so that an answer is repeatable. HiGHS keeps one pool of threads for a
process: a model with two threads would make the next one with one thread fail without an exception.
A run that does not end as it should is answered with what was known before.
"""

from __future__ import annotations

import highspy


def new_solver(presolve: str = "off") -> highspy.Highs:
    """A new program: silent, in one thread, the same each time."""
    highs = highspy.Highs()
    highs.silent()
    for name, value in (
        ("threads", 1), ("parallel", "off"), ("random_seed", 0), ("presolve", presolve),
    ):  # fmt: skip
        highs.setOptionValue(name, value)
    return highs
