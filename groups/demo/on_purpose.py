"""Staff of the demo break a rule of their centre where few people wait, or of all ages."""

from functools import partial

from groups.domain import forming, lifecycle
from groups.states import BrokenBecause, BrokenRule

_RULES = list(BrokenRule)  # those that are not broken are not kept

settle = partial(lifecycle.settle, broken_rules=_RULES, broken_because=BrokenBecause.NOBODY_ELSE)
add_person = partial(
    forming.add_person, broken_rules=_RULES, broken_because=BrokenBecause.NOBODY_ELSE
)
