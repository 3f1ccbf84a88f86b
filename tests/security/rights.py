"""Who may do what in the staff's workplace, said a second time: here for the tests to hold to.

v: see, a: add, c: change, d: delete. Coordinators and leads have ``at_centre`` for the rows of
their own centres, leads some more, administrators what stands beside it for all rows, statistics
only the numbers. Everybody else has nothing. What else only leads may is in ``centres/access.py``.
"""

from dataclasses import dataclass

from django.contrib import admin
from django.db.models import Model

from tests.security.doors import Door

HERE = "tests/security/rights.py"
NEEDS = {"changelist": "v", "add": "a", "change": "v", "history": "v", "delete": "d"}


@dataclass(frozen=True)
class Rights:
    at_centre: str = ""
    administrator: str = ""
    leads: str = ""  # beside what all at the centre have
    statistics: str = ""
    without_rows: bool = False  # its rows are never opened one by one

    def of(self, kind: str) -> str:
        return {
            "centre": self.at_centre,
            "lead": self.at_centre + self.leads,
            "administrator": self.administrator,
            "statistics": self.statistics,
        }.get(kind, "")


RIGHTS = {
    # The public pages
    "centres.Article": Rights("vacd", "vacd"),
    "centres.Centre": Rights("vc", "vac"),
    "centres.CrisisLine": Rights("", "vacd"),
    "centres.Municipality": Rights("", "vacd"),
    "centres.Organisation": Rights("", "vacd"),
    "participants.ConsentText": Rights("", "va"),
    "participants.Theme": Rights("", "vacd"),
    # The house
    "centres.Booking": Rights("vac", "vac"),
    "centres.Event": Rights("vacd", "vacd"),
    "centres.Key": Rights("vac"),
    "centres.Slot": Rights("vac", "vac"),
    "centres.Venue": Rights("vacd", "vacd"),
    # People
    "centres.Enquiry": Rights("vac", "a"),  # and those that came to no centre
    "groups.FollowUp": Rights("vc"),
    "groups.Initiator": Rights("vac"),
    "groups.MatchRun": Rights("vc"),
    "groups.PlanStep": Rights("vacd"),
    "groups.SelfHelpGroup": Rights("vc"),
    "linkcenter.Message": Rights("vc"),
    "participants.KeepApart": Rights("vad"),
    "participants.Registration": Rights("vac"),
    # Those who work here, and what runs
    "centres.Invitation": Rights("", "vac", leads="vac"),
    "groups.Export": Rights("", leads="v"),  # who may take out files, sees the own ones, and adds
    "participants.ReadLog": Rights("", leads="v"),
    "centres.StaffRole": Rights("", "vacd"),
    "groups.StatisticsSnapshot": Rights("v", "v", statistics="v", without_rows=True),
    "linkcenter.JobRun": Rights("", "v"),
    "linkcenter.User": Rights("", "vc"),
}

# Lists that open although no row in them may be seen: of what came to no centre.
OPEN_LISTS = {("centres.Enquiry", "administrator")}

# Pages beside a list that are for others, too.
ALSO_FOR = {  # what goes at their centre next week
    ("linkcenter.JobRun", "deletion", "centre"),
    ("linkcenter.JobRun", "deletion", "lead"),
}

# Pages of the numbers, beside the report itself: for those who work at a centre.
NOT_FOR_STATISTICS = {"demand"}

# What a message of the centre, or the page of a row, tells of rows that hang on it.
SHOWN_WITH = {
    "centres.Centre": (
        *("centres.OpeningHours", "centres.OpeningException", "centres.ContactPerson"),
        "centres.Partnership",
    )
}
PUBLIC = {("centres.Centre", "name")}  # which everybody reads on the front page


def label(model: type[Model]) -> str:
    return model._meta.label


def unsaid() -> list[str]:
    return [
        f"{model._meta.label}: say in RIGHTS in {HERE} who may see and change it"
        for model in admin.site._registry
        if model._meta.label not in RIGHTS
    ]


def may(kind: str, door: Door) -> bool | None:
    """Whether ``kind`` of staff may open the page where they may see the row; None: depends."""
    if kind == "nobody":
        return False
    if door.model is None:
        return None if kind != "statistics" else False
    rights = RIGHTS[label(door.model)]
    held = rights.of(kind)
    if kind == "statistics" and door.what in NOT_FOR_STATISTICS:
        return False
    if door.what in NEEDS:
        if rights.without_rows and door.what != "changelist":
            return False
        if door.what == "changelist" and (label(door.model), kind) in OPEN_LISTS:
            return True
        return NEEDS[door.what] in held
    if (label(door.model), door.what, kind) in ALSO_FOR:
        return True
    return None if held else False


def seen_by(kind: str) -> set[str]:
    """The models that ``kind`` sees rows of, at whatever centre they may."""
    seen = {name for name, rights in RIGHTS.items() if "v" in rights.of(kind)}
    return seen | {part for name in seen for part in SHOWN_WITH.get(name, ())}
