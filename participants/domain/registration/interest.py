"""What a person would like, as a form says it, and what they must agree to for that."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from centres.models import Centre
from centres.states import LegalBasis
from centres.week import WEEK_SLOTS
from participants.states import (
    ConsentPurpose,
    GenderWish,
    GroupKind,
    MeetingFormat,
    Role,
    SpokenLanguage,
)


@dataclass(frozen=True, kw_only=True)
class Interest:
    """What the person would like, and when they can meet: codes from ``participants.states``."""

    role: str = Role.OWN
    kind: str = GroupKind.EITHER
    format: str = MeetingFormat.EITHER
    themes: Sequence[str] = ()  # slugs
    any_theme: bool = True
    availability: Sequence[str] = ()  # such as "tue-evening"
    languages: Sequence[str] = (SpokenLanguage.NORWEGIAN,)
    gender_wish: str = GenderWish.ANY
    age_near_mine: bool = False
    needs: Sequence[str] = ()
    practical_needs: str = ""
    message: str = ""
    heard_from: str = ""
    would_initiate: bool = False
    digital_elsewhere: bool = False


def purposes_needed(centre: Centre, interest: Interest) -> set[str]:
    """What the person must say yes to before ``interest`` can be registered at ``centre``.

    A public task needs no consent of its own; sharing with another centre always does.
    """
    needed: set[str] = set()
    if centre.legal_basis == LegalBasis.CONSENT:
        needed.add(ConsentPurpose.CONTACT)
        if interest.themes:
            needed.add(ConsentPurpose.THEME)
    if interest.digital_elsewhere:
        needed.add(ConsentPurpose.DIGITAL)
    return needed


def in_calendar_order(availability: Collection[str]) -> list[str]:
    """The chosen parts of the week once each, Monday morning first."""
    return [slot for slot in WEEK_SLOTS if slot in availability]


def answers_of(interest: Interest) -> dict[str, Any]:
    """The columns of ``Registration`` that ``interest`` fills. The themes are rows of their own."""
    told = asdict(interest)
    del told["themes"]
    told["availability"] = in_calendar_order(interest.availability)
    return told | {"languages": list(interest.languages), "needs": list(interest.needs)}
