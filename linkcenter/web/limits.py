"""How often one address may do something: exact counts in the database, shared by all processes.

A library or a town hall is one address for many people, so the limits are wide. They stop programs
and floods; whoever meets one is told when to try again, and keeps what was typed.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from linkcenter.database.statements import count_one_more
from linkcenter.encryption import keyed_digest
from linkcenter.models import Spending
from linkcenter.operating.counts import count_refusal
from linkcenter.periods import days

KEEP = days(1)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Limit:
    """At most ``most`` times in each window, by one address or one recipient."""

    name: str
    most: int
    window: timedelta


SUBMISSIONS = Limit("submissions", 30, timedelta(hours=1))  # forms that were sent
UNKNOWN_LINKS = Limit("unknown links", 60, timedelta(hours=1))  # tokens that open nothing
MESSAGES_A_DAY = Limit("messages a day", 5, timedelta(days=1))  # to one address or number
MESSAGES_AN_HOUR = Limit("messages an hour", 3, timedelta(hours=1))
DAYS_TO_WAIT = 2  # for a turn: today, or else tomorrow


def spend(limit: Limit, who: str, *, now: datetime | None = None) -> bool:
    """Count one more for ``who``; whether it was still within ``limit``."""
    return count(limit, who, now=now) <= limit.most


def count(limit: Limit, who: str, *, now: datetime | None = None) -> int:
    """Count one more for ``who``; how many it is by now in this window.

    Exact however many ask at once: the database counts.
    """
    now = now or timezone.now()
    times = count_one_more(_key(limit, who, now), _beginning(limit, now))
    if times > limit.most:
        count_refusal(limit.name)
    return times


def turn(address: str, *, now: datetime) -> datetime | None:
    """When one more message may go to ``address``: now, or at the beginning of a later window.

    For messages that anybody can make us send: nobody's mailbox is flooded with them. The turn is
    taken by asking. None if so many wait already that this one is not worth sending.
    """
    who = address.casefold()
    for _day in range(DAYS_TO_WAIT):
        tomorrow = end(MESSAGES_A_DAY, now=now)
        if spend(MESSAGES_A_DAY, who, now=now):
            while now < tomorrow:
                if spend(MESSAGES_AN_HOUR, who, now=now):
                    return now
                now = end(MESSAGES_AN_HOUR, now=now)
        now = tomorrow
    return None


def is_turn(address: str, *, now: datetime) -> bool:
    """As ``turn``, for a message that is worth nothing later."""
    who = address.casefold()
    if not spend(MESSAGES_A_DAY, who, now=now):
        return False
    if spend(MESSAGES_AN_HOUR, who, now=now):
        return True
    give_back(MESSAGES_A_DAY, who, now=now)
    return False


def give_back(limit: Limit, who: str, *, now: datetime) -> None:
    """Count one less: what was counted at that moment shall not count after all."""
    spent = Spending.objects.filter(key=_key(limit, who, now), begins_at=_beginning(limit, now))
    if not spent.filter(times__gt=1).update(times=F("times") - 1):
        spent.filter(times=1).delete()


def sender(request: HttpRequest) -> str:
    """The network address that a request comes from, as the last proxy of ours saw it.

    What the browser itself claims in ``X-Forwarded-For`` stands before that and counts for
    nothing. Of an IPv6 address the first half: a household has as many of them as it likes.
    """
    told = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
    behind = settings.PROXIES
    text = told[-behind] if told[0] and 0 < behind <= len(told) else request.META["REMOTE_ADDR"]
    try:
        address = ip_address(text)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address) and not address.ipv4_mapped:
        return str(ip_network((address, 64), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)


def _beginning(limit: Limit, now: datetime) -> datetime:
    return now - (now - _EPOCH) % limit.window


def end(limit: Limit, *, now: datetime) -> datetime:
    """When the window ends that it is at that moment: then counting begins anew."""
    return _beginning(limit, now) + limit.window


def _key(limit: Limit, who: str, now: datetime) -> str:
    return keyed_digest(f"{limit.name}:{who}:{now.astimezone(UTC):%Y-%m-%d}")
