"""What goes into the matcher and what comes out: plain, frozen values.

The words are those of the exchange format ``group-matching-instance/1``. Ids are pseudonymous
strings; nothing here knows a name, a database row or a language. Dates are calendar dates, waiting
is counted in days, sizes and capacities in members.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

FORMATS = ("physical", "digital")
KINDS = ("social", "self_help")
ROLES = ("own", "kin", "mixed")
GENDERS = ("women", "men", "mixed")
EITHER = "either"

REASONS = (
    "not_available",
    "needs_not_met",
    "too_few_compatible",
    "no_venue",
    "no_initiator",
    "keep_apart",
    "placed_elsewhere",
)


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who waits for a group, and what that group may be.

    ``centres`` has the home centre first, ``topics`` the most important first. An unknown age
    (``None``) fits every group without an age band.
    """

    id: str
    centres: tuple[str, ...]
    topics: tuple[str, ...]
    any_topic: bool
    role: str
    role_wish: str
    format: str
    kind: str
    slots: tuple[str, ...]
    languages: tuple[str, ...]
    gender: str
    gender_wish: str
    age: int | None
    age_wish: str | None
    needs: tuple[str, ...]
    waiting_since: date
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Venue:
    """A room at a centre, or a licence for one digital meeting at a time (``centre`` is None).

    ``slots`` are the free ones.
    """

    id: str
    type: str
    centre: str | None
    capacity: int
    features: tuple[str, ...]
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Initiator:
    """Somebody who may start ``capacity`` new groups in all, one a slot."""

    id: str
    centres: tuple[str, ...]
    digital: bool
    languages: tuple[str, ...]
    slots: tuple[str, ...]
    capacity: int


@dataclass(frozen=True, slots=True)
class GroupKey:
    """What all members of a group accept. ``topic`` None is an open theme."""

    format: str
    centre: str | None
    kind: str
    topic: str | None
    role: str
    gender: str
    age_band: str | None
    language: str
    slot: str


KEY_FIELDS = tuple(GroupKey.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """A running group with room for newcomers."""

    id: str
    key: GroupKey
    features: tuple[str, ...]
    members: tuple[str, ...]
    vacancies: int


@dataclass(frozen=True, slots=True)
class Group:
    """A proposed group.

    ``previous`` is the id of an earlier proposal: its own id in ``Problem.previous``, and in a new
    proposal the id of the one that this group continues. ``locked`` means that staff accepted it.
    """

    key: GroupKey
    venue: str
    initiator: str
    members: tuple[str, ...]
    previous: str | None = None
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """Members in a new group, and whether a group may be without a theme."""

    min_size: int = 4
    max_size: int = 8
    allow_open_theme: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """Everyone who waits and everything a group needs, on the day ``as_of``."""

    as_of: date
    rules: Rules
    slots: tuple[str, ...]
    topics: tuple[str, ...] = ()
    age_bands: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    centres: tuple[str, ...] = ()
    venues: tuple[Venue, ...] = ()
    initiators: tuple[Initiator, ...] = ()
    participants: tuple[Participant, ...] = ()
    keep_apart: tuple[tuple[str, str], ...] = ()
    open_groups: tuple[OpenGroup, ...] = ()
    previous: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Objective:
    """What is best. Inside the search somebody is worth 1 + ``waiting_weight`` a year waited.

    ``priority_days`` is what one step of priority counts in days. ``move_cost`` is charged for
    each person who loses an earlier proposal, in people.
    """

    waiting_weight: float = 1.0
    priority_days: int = 180
    move_cost: float = 0.2


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try, in counts and never in seconds, so that an answer can be repeated.

    ``rounds`` go to prices and a bound, ``steps_per_person`` to the search; with ``dive`` the
    linear program over all possible groups is solved too, for better groups and a better bound. A
    long list is gone through ``passes`` times.
    """

    steps_per_person: int = 4
    rounds: int = 100
    dive: bool = True
    passes: int = 1
    seed: int = 0


AT_ONCE = Effort(steps_per_person=0, rounds=0, dive=False, passes=0)
QUICK = Effort(steps_per_person=1, dive=False, passes=0)
FULL = Effort()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come: ``done`` of ``total`` units of effort, ``placed`` people so far.

    ``stage`` is "first" (the quick answer), "search" or "done".
    """

    stage: str
    done: int
    total: int
    placed: int


@dataclass(frozen=True, slots=True)
class Join:
    """A newcomer to a running group."""

    group: str
    participant: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A group that nearly came about.

    ``have`` unplaced people match the key, ``missing`` more would make the smallest group.
    ``relaxations`` names, for each field of the key, the unplaced people who fail on that alone.
    """

    key: GroupKey
    have: int
    missing: int
    relaxations: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why somebody has no place: codes from ``REASONS`` and the nearest misses."""

    participant: str
    reasons: tuple[str, ...]
    near_misses: tuple[NearMiss, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """The three aims, most important first, and how much of an earlier proposal is kept."""

    placed: int
    waiting_days: int
    fit: int
    kept_members: int = 0
    previous_members: int = 0


@dataclass(frozen=True, slots=True)
class Bound:
    """More than ``value`` people cannot be placed, whatever one does."""

    value: int
    method: str


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a proposal breaks: a code, and the ids that it concerns."""

    code: str
    where: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Groups, newcomers to running groups, and a reason for everybody who has no place.

    ``violations`` is empty unless staff locked something that is no longer possible: such a group
    is kept as it is, and said here.
    """

    groups: tuple[Group, ...]
    joins: tuple[Join, ...]
    unplaced: tuple[Explanation, ...]
    score: Score
    bound: Bound | None = None
    steps: int = 0
    violations: tuple[Violation, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the input that cannot be right: a code, where it stands, the value."""

    code: str
    where: str
    value: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.code} {self.value}".rstrip()


class ProblemError(ValueError):
    """The input cannot be used. ``faults`` lists all that is wrong, not only the first."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(fault) for fault in faults))
