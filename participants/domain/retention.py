"""When what the centre knows of a person has to go (source: the centres' rule of six months)."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import Length
from django.utils import timezone

from linkcenter.database.among import among, one_of
from linkcenter.models import User
from linkcenter.periods import days, months
from linkcenter.timeline import record
from participants.models import Participant, PersonalLink, Registration, Talk
from participants.states import PersonActivity, RegistrationState, TalkOutcome

AFTER_CLOSING = months(6)
AFTER_LAST_TRY = months(6)
AFTER_TALK = months(6)
AFTER_PLACING = months(3)
AFTER_LINK = days(30)
WARN = timedelta(days=7)


def in_a_week(today: date) -> datetime:
    """The night by which staff are told a week ahead."""
    return timezone.make_aware(datetime.combine(today + WARN, time.max))


def people_to_forget(now: datetime) -> QuerySet[Participant]:
    """Those who are done here since six months, and those never reached in six months.

    Whom nobody at the centre has tried to reach is not among them: that is not the person's doing.
    Nor is who has given a sign of life, asked for a break or has a talk booked, until six months
    after.
    """
    today = timezone.localdate(now)
    mine = Registration.objects.filter(participant=OuterRef("pk"))
    ended = Q(state=RegistrationState.CLOSED, closed_at__lte=now - AFTER_CLOSING)
    unheard = Q(state=RegistrationState.RECEIVED, heard_at__lte=now - AFTER_LAST_TRY)
    # Few are at rest for so long, and indexes know them: the rest is asked of these only.
    at_rest = Registration.objects.filter(ended | unheard).order_by().values("participant")

    is_over = Q(paused_until__isnull=True) | Q(paused_until__lte=today - AFTER_LAST_TRY)
    no_talk = Q(talk_at__isnull=True) | Q(talk_at__lte=now - AFTER_LAST_TRY)
    tries = Talk.objects.filter(registration=OuterRef("pk"))
    reached_or_lately = tries.exclude(outcome=TalkOutcome.NO_ANSWER, at__lte=now - AFTER_LAST_TRY)
    people = Participant.objects.alias(
        not_ended=one_of(mine.exclude(ended)),
        unheard=one_of(mine.filter(unheard & is_over & no_talk)),
        tried=one_of(mine.alias(talk=one_of(tries)).filter(talk__isnull=False)),
        reached_or_lately=one_of(
            mine.alias(talk=one_of(reached_or_lately)).filter(talk__isnull=False)
        ),
    )
    is_done = Q(not_ended__isnull=True)
    is_never_reached = Q(unheard__isnull=False, tried__isnull=False, reached_or_lately__isnull=True)
    is_kept = Q(kept_until__gt=today)
    return people.filter(among(at_rest), is_done | is_never_reached).exclude(is_kept)


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
