"""What has become of the centre's messages by this minute."""

from datetime import datetime, timedelta

from django.db.models import F

from groups.demo.house import House
from groups.domain.waiting.silence import ask_who_waits
from linkcenter.jobs import job_run
from linkcenter.models import Channel, Message, MessageState
from participants.domain.person.consent_reminders import remind

NOT_YET_SENT = timedelta(hours=20)  # what is younger, the worker sends
NOT_YET_RUNG = timedelta(hours=60)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


def deliver(*, now: datetime) -> None:
    """What the centre said in the past has been sent, or told by telephone the next day."""
    queued = Message.objects.filter(state=MessageState.QUEUED)
    mails = queued.filter(channel=Channel.EMAIL, created_at__lt=now - NOT_YET_SENT)
    calls = queued.exclude(channel=Channel.EMAIL).filter(created_at__lt=now - NOT_YET_RUNG)
    mails.update(state=MessageState.SENT, sent_at=F("created_at"))
    calls.update(state=MessageState.SENT, sent_at=F("created_at") + DAY)


def bounce(house: House) -> None:
    """The mail server did not know one of the addresses."""
    receipts = Message.objects.filter(
        kind="receipt", channel=Channel.EMAIL, participant__centre=house.centre
    )
    newest = receipts.order_by("-created_at").values("pk")[:1]
    receipts.filter(pk__in=newest).update(
        state=MessageState.FAILED, error="refused [550]", sent_at=None
    )


def ask_all_who_wait(*, now: datetime) -> None:
    """Some who have waited long were asked weeks ago if they still want to, some today."""
    deliver(now=now)  # who is owed something else hears that first
    ask_who_waits(now=now - 3 * WEEK)
    deliver(now=now)
    with job_run("groups.ask_who_waits") as counts:
        counts["people"] = ask_who_waits(now=now)
    with job_run("participants.remind") as counts:
        counts["people"] = remind(now=now)
