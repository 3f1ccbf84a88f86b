"""When what the centre knows of a person has to go (source: the centres' rule of six months)."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length
from django.utils import timezone

from linkcenter.models import Activity, User
from linkcenter.timeline import record
from participants.models import Participant, PersonalLink, Registration, Talk
from participants.states import PersonActivity, RegistrationState, TalkOutcome

AFTER_CLOSING = timedelta(days=183)
AFTER_LAST_TRY = timedelta(days=183)
AFTER_TALK = timedelta(days=183)
AFTER_LINK = timedelta(days=30)
WARN = timedelta(days=7)


def in_a_week(today: date) -> datetime:
    """The night by which staff are told a week ahead."""
    return timezone.make_aware(datetime.combine(today + WARN, time.max))


def people_to_forget(now: datetime) -> QuerySet[Participant]:
    """Those who have nothing open here since six months, and those never reached in six months.

    Whom nobody at the centre has tried to reach is not among them: that is not the person's doing.
    Nor is who has done something on their own page, or asked for a break, until six months after.
    """
    mine = Registration.objects.filter(participant=OuterRef("pk"))
    lately = mine.filter(closed_at__gt=now - AFTER_CLOSING)
    is_done = Exists(mine) & ~Exists(mine.open() | mine.held()) & ~Exists(lately)

    tries = Talk.objects.filter(registration__participant=OuterRef("pk"))
    reached_or_lately = tries.exclude(outcome=TalkOutcome.NO_ANSWER, at__lte=now - AFTER_LAST_TRY)
    heard = Q(paused_until__gt=timezone.localdate(now - AFTER_LAST_TRY))
    unheard = mine.filter(state=RegistrationState.RECEIVED).exclude(heard)
    own_acts = Activity.objects.filter(
        Q(participant=OuterRef("pk")) | Q(registration__participant=OuterRef("pk")),
        actor=None,
        at__gt=now - AFTER_LAST_TRY,
    )
    is_silent = ~Exists(reached_or_lately) & ~Exists(own_acts)
    is_never_reached = Exists(unheard) & Exists(tries) & is_silent
    is_kept = Q(kept_until__gt=timezone.localdate(now))
    return Participant.objects.filter(is_done | is_never_reached).exclude(is_kept)


@transaction.atomic
def keep_longer(participant: Participant, *, actor: User, now: datetime | None = None) -> None:
    """The nightly job leaves the person alone for six more months."""
    now = now or timezone.now()
    kept_until = timezone.localdate(now + AFTER_CLOSING)
    Participant.objects.filter(pk=participant.pk).update(kept_until=kept_until)
    record(participant, PersonActivity.KEPT_LONGER, actor=actor, now=now)


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
