"""Which texts a person is asked to say yes to, and the record that they did."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from centres.models import Centre
from centres.states import LegalBasis
from linkcenter.models import User
from participants.models import Consent, ConsentText, Participant
from participants.states import ConsentPurpose, GivenBy


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """The purposes said yes to, in which language, and how the yes was given."""

    purposes: Collection[str] = field(default_factory=frozenset)
    language: str = "nb"
    given_by: str = GivenBy.WEB


def current_text(centre: Centre, purpose: str, *, language: str) -> ConsentText:
    """The newest text for the purpose: the operator's own, else the common one.

    In the language asked for, else in Bokmål. Raises ``ConsentText.DoesNotExist`` where no text
    is loaded for the purpose.
    """
    newest = ConsentText.objects.filter(purpose=purpose).order_by("-version")
    for tried in (language, "nb"):
        for operator in (centre.operator_id, None):
            if found := newest.filter(language=tried, operator=operator).first():
                return found
    raise ConsentText.DoesNotExist(purpose)


def told(centre: Centre, *, language: str) -> ConsentText | None:
    """What people read instead of being asked, where the centre does this as a public task."""
    if centre.legal_basis != LegalBasis.PUBLIC_TASK:
        return None
    return current_text(centre, ConsentPurpose.TASK, language=language)


def given(participant: Participant) -> set[str]:
    """The purposes that the person has said yes to, and not taken back."""
    holding = participant.consents.filter(withdrawn_at__isnull=True)
    return set(holding.values_list("text__purpose", flat=True))


def give(
    participant: Participant,
    purposes: Iterable[ConsentPurpose],
    *,
    language: str,
    given_by: str,
    now: datetime,
    recorded_by: User | None = None,
) -> None:
    """Record the person's yes to each purpose, with the very text they saw or heard.

    Source: GDPR articles 7 and 9: consent is for one purpose, and can be shown afterwards.
    """
    Consent.objects.bulk_create(
        Consent(
            participant=participant,
            text=current_text(participant.centre, purpose, language=language),
            given_at=now,
            given_by=given_by,
            recorded_by=None if given_by == GivenBy.WEB else recorded_by,
        )
        for purpose in purposes
    )
