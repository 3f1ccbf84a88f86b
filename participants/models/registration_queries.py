"""Registrations by what staff have to do with them now: a task is a query, and never stored."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Count, Exists, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from centres.models import Centre
from linkcenter.models import Message, MessageState
from participants.models.pairs import not_told_apart
from participants.models.talk import Talk
from participants.states import HELD, OPEN, EntryChannel, RegistrationState, TalkOutcome

if TYPE_CHECKING:
    from participants.models.registration import Registration  # noqa: F401  # named in strings

NO_TALK_SPOKEN_OF = Q(talk_at__isnull=True, talk_declined_at__isnull=True)
TALK_LASTS = timedelta(minutes=45)  # as good as all talks
BY_WEB = [EntryChannel.WEB, EntryChannel.EVENT]
FLOOD_AT_A_CENTRE = 30  # in a day; a big centre has ten in a week
FLOOD_EVERYWHERE = 200
FORTNIGHT = timedelta(days=14)


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def open(self) -> "RegistrationQuerySet":
        return self.filter(OPEN)

    def held(self) -> "RegistrationQuerySet":
        return self.filter(HELD)

    def centres(self) -> models.QuerySet[Centre]:
        """Where any of these is, so that others are looked for there and nowhere else."""
        here = self.order_by().filter(centre=OuterRef("pk"))
        return Centre.objects.filter(Exists(here))

    def to_look_at(self) -> "RegistrationQuerySet":
        """Held back, with no address to confirm by, or one that the mail did not reach."""
        failed = Message.objects.filter(
            participant=OuterRef("participant"), state=MessageState.FAILED
        )
        no_mail = Q(participant__email__isnull=True) | Q(
            participant__email_refused_on__isnull=False
        )
        return self.held().filter(no_mail | Exists(failed))

    def in_a_flood(self, now: datetime) -> "RegistrationQuerySet":
        """What came by the web within a day in which far more came than ever does, held or not."""
        lately = self.model.objects.filter(
            registered_at__gt=now - timedelta(days=1), channel__in=BY_WEB
        )
        here = lately.filter(centre=OuterRef("centre"))
        is_flood = _more_than(FLOOD_AT_A_CENTRE, here) | _more_than(FLOOD_EVERYWHERE, lately)
        return self.exclude(HELD).filter(is_flood, pk__in=lately.values("pk"))

    def new(self) -> "RegistrationQuerySet":
        """Received, with no talk booked, and nobody has tried to reach the person yet."""
        talks = Talk.objects.filter(registration=OuterRef("pk"))
        return self.filter(~Exists(talks), NO_TALK_SPOKEN_OF, state=RegistrationState.RECEIVED)

    def in_contact(self) -> "RegistrationQuerySet":
        """Received, and somebody has tried to reach the person, or has booked a talk."""
        talks = Talk.objects.filter(registration=OuterRef("pk"))
        return self.filter(Exists(talks) | ~NO_TALK_SPOKEN_OF, state=RegistrationState.RECEIVED)

    def to_try_again(self, today: date) -> "RegistrationQuerySet":
        """In contact, with a next try that is due today or was before."""
        latest = Talk.objects.filter(registration=OuterRef("pk")).order_by("-at", "-pk")
        return (
            self.filter(state=RegistrationState.RECEIVED)
            .alias(latest_next_try=Subquery(latest.values("next_try")[:1]))
            .filter(latest_next_try__lte=today)
        )

    def waiting(self, today: date) -> "RegistrationQuerySet":
        """Ready for a group and not paused. A seat in a group does not change this state."""
        return self.filter(state=RegistrationState.WAITING).filter(
            Q(paused_until__isnull=True) | Q(paused_until__lte=today)
        )

    def talks_to_come(self, now: datetime) -> "RegistrationQuerySet":
        """With a talk booked that has not been yet, within a week from today on."""
        last_day = timezone.localtime(now).replace(hour=0, minute=0) + timedelta(days=7)
        return self.open().filter(talk_at__gt=now - TALK_LASTS, talk_at__lt=last_day)

    def talks_to_write_down(self, now: datetime) -> "RegistrationQuerySet":
        """The time of the booked talk is over, and nobody has written down how it went."""
        return self.open().filter(talk_at__lte=now - TALK_LASTS)

    def want_another_time(self) -> "RegistrationQuerySet":
        """They could not come when we had said, and no other time is booked yet."""
        return self.open().filter(talk_declined_at__isnull=False)

    def without_answer(self, today: date) -> "RegistrationQuerySet":
        """Asked a fortnight ago whether they are still interested, and told nothing since.

        Who is still to be rung about it has not been asked.
        """
        to_ring = Message.objects.untold().filter(
            participant=OuterRef("participant"), matter="still"
        )
        return self.open().filter(
            ~Exists(to_ring),
            Q(paused_until__isnull=True) | Q(paused_until__lte=today),
            still_asked_on__lte=today - FORTNIGHT,
        )

    def perhaps_twice(self) -> "RegistrationQuerySet":
        """Open, and somebody else with an open one at the centre has the same phone or e-mail."""
        here = self.model.objects.open().filter(centre__in=self.centres())
        keys = here.values(key=Func("participant__reach_keys", function="unnest"))
        shared = keys.annotate(number=Count("pk"), all=ArrayAgg("pk")).filter(number__gt=1)
        alike = shared.annotate(row=Func("all", function="unnest")).values_list("row", flat=True)
        # As numbers: they are few, and nobody else need be looked for among those told apart.
        return self.open().filter(not_told_apart(self.model.objects.open()), pk__in=list(alike))

    def with_contact(self) -> "RegistrationQuerySet":
        """When the person was last reached, and how often they were tried in vain since then."""
        talks = Talk.objects.filter(registration=OuterRef("pk")).order_by("-at", "-pk")
        reached = talks.exclude(outcome=TalkOutcome.NO_ANSWER)
        since = Coalesce(OuterRef("last_contact_at"), OuterRef("registered_at"))
        in_vain = talks.filter(outcome=TalkOutcome.NO_ANSWER, at__gte=since).order_by()
        tries = in_vain.values("registration").annotate(number=Count("pk")).values("number")
        return self.annotate(
            has_talk=Exists(talks), last_contact_at=Subquery(reached.values("at")[:1])
        ).annotate(tries=Subquery(tries))


def _more_than(number: int, rows: "RegistrationQuerySet") -> Exists:
    counted = rows.order_by().values(everybody=Value(1)).annotate(number=Count("pk"))
    return Exists(counted.filter(number__gt=number))
