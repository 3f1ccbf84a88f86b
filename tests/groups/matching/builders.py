"""Small matching problems: everybody fits everybody unless a test says otherwise."""

from dataclasses import replace
from datetime import date
from itertools import count

from groups.matching import (
    Group,
    GroupKey,
    Initiator,
    OpenGroup,
    Participant,
    Problem,
    Proposal,
    Rules,
    Venue,
)

AS_OF = date(2026, 9, 1)
MONDAY, TUESDAY = "mon-evening", "tue-evening"
KEY = GroupKey(
    "physical", "c1", "self_help", "grief", "own", "mixed", None, "nb", TUESDAY
)  # fmt: skip
PERSON = Participant(
    id="p",
    centres=("c1",),
    topics=("grief",),
    any_topic=False,
    role="own",
    role_wish="any",
    format="physical",
    kind="self_help",
    slots=(TUESDAY,),
    languages=("nb",),
    gender="f",
    gender_wish="any",
    age=40,
    age_wish=None,
    needs=(),
    waiting_since=date(2026, 6, 1),
)
ROOM = Venue("r1", "room", "c1", 8, (), (MONDAY, TUESDAY))
LICENCE = Venue("z1", "licence", None, 12, (), (MONDAY, TUESDAY))
INITIATOR = Initiator("i1", ("c1", "c2"), True, ("nb", "en"), (MONDAY, TUESDAY), 2)


def people(number, prefix="p", **wishes):
    """So many people alike."""
    counter = count(1)
    return tuple(
        replace(PERSON, **{"id": f"{prefix}{next(counter):02}", **wishes}) for _ in range(number)
    )


def problem(*participants, **fields):
    """A centre with one room, one initiator and the people."""
    usual = {
        "as_of": AS_OF,
        "rules": Rules(4, 8, allow_open_theme=True),
        "slots": (MONDAY, TUESDAY),
        "topics": ("grief", "divorce", "stress"),
        "age_bands": {"young": (18, 30), "adult": (31, 50)},
        "centres": ("c1", "c2"),
        "venues": (ROOM,),
        "initiators": (INITIATOR,),
        "participants": participants,
    }
    return Problem(**{**usual, **fields})


def open_group(**fields):
    return replace(OpenGroup("og1", KEY, (), ("m1", "m2", "m3"), 2), **fields)


def earlier(members, **fields):
    return replace(Group(KEY, "r1", "i1", tuple(members), previous="before", locked=True), **fields)


def sizes(proposal: Proposal) -> list[int]:
    """How many sit in each group, largest first."""
    return sorted((len(group.members) for group in proposal.groups), reverse=True)


def placed(proposal: Proposal) -> set[str]:
    """Everybody with a place."""
    return {member for group in proposal.groups for member in group.members} | {
        join.participant for join in proposal.joins
    }


def reasons(proposal: Proposal) -> dict[str, tuple[str, ...]]:
    return {explanation.participant: explanation.reasons for explanation in proposal.unplaced}
