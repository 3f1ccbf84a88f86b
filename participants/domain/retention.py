"""When what the centre knows of a person has to go (source: the centres' rule of six months)."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Length

from participants.models import Participant, PersonalLink, Registration, Talk
from participants.states import RegistrationState, TalkOutcome

AFTER_CLOSING = timedelta(days=183)
AFTER_LAST_TRY = timedelta(days=183)
AFTER_TALK = timedelta(days=183)
AFTER_LINK = timedelta(days=30)


def people_to_forget(now: datetime) -> QuerySet[Participant]:
    """Those who have nothing open here since six months, and those never reached in six months.

    Whom nobody at the centre has tried to reach is not among them: that is not the person's doing.
    """
    mine = Registration.objects.filter(participant=OuterRef("pk"))
    lately = mine.filter(closed_at__gt=now - AFTER_CLOSING)
    is_done = Exists(mine) & ~Exists(mine.open()) & ~Exists(lately)

    tries = Talk.objects.filter(registration__participant=OuterRef("pk"))
    reached_or_lately = tries.exclude(outcome=TalkOutcome.NO_ANSWER, at__lte=now - AFTER_LAST_TRY)
    unheard = mine.filter(state=RegistrationState.RECEIVED)
    is_never_reached = Exists(unheard) & Exists(tries) & ~Exists(reached_or_lately)
    return Participant.objects.filter(is_done | is_never_reached)


def talks_with_old_notes(now: datetime) -> QuerySet[Talk]:
    """Talks of which the note has served its time."""
    old = Talk.objects.filter(at__lte=now - AFTER_TALK)
    return old.alias(written=Length("note")).filter(written__gt=0)


def old_links(now: datetime) -> QuerySet[PersonalLink]:
    """Links that have led nowhere for a month."""
    return PersonalLink.objects.filter(expires_at__lte=now - AFTER_LINK)


def forget_note(talk: Talk, now: datetime) -> None:
    talk.note = ""
    talk.save(update_fields=["note"])
