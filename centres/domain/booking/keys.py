"""The register of keys: lent to somebody who signs for it, back in the house, or lost."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centres.models import Key, Slot
from centres.states import KeyActivity
from linkcenter.models import User
from linkcenter.timeline import record

NOBODY = {"holder": None, "phone": None, "slot": None, "since": None, "due": None}


class KeyRefused(Exception):
    """Something about a key was refused; ``message`` says so to the reader."""

    message: str | Promise


class AlreadyOut(KeyRefused):
    message = _("Somebody has this key. Note that it is back before you lend it again.")


class IsLost(KeyRefused):
    message = _("This key is lost. Note that it is found before you lend it.")


class NotOut(KeyRefused):
    message = _("This key is in the house already.")


class NotLost(KeyRefused):
    message = _("This key is not lost.")


class OtherRoom(KeyRefused):
    message = _("This weekly time is in another room. Choose one in the room of the key.")


@transaction.atomic
def lend(
    key: Key,
    *,
    holder: str,
    phone: str | None = None,
    slot: Slot | None = None,
    due: date | None = None,
    actor: User | None = None,
    now: datetime | None = None,
) -> None:
    """``holder`` has the key from today; without ``due`` for as long as they use the room.

    With ``slot``, it is asked back when that weekly time is given up. Raises ``AlreadyOut``,
    ``IsLost`` or ``OtherRoom``.
    """
    now = now or timezone.now()
    key = _locked(key)
    if key.lost_on is not None:
        raise IsLost
    if key.since is not None:
        raise AlreadyOut
    if slot is not None and slot.venue_id != key.venue_id:
        raise OtherRoom
    key.holder, key.phone, key.slot, key.due = holder, phone or None, slot, due
    key.since = timezone.localdate(now)
    key.save()
    record(key, KeyActivity.LENT, actor=actor, now=now)


@transaction.atomic
def take_back(key: Key, *, actor: User | None = None, now: datetime | None = None) -> None:
    """The key is in the house, and who had it is forgotten. Raises ``NotOut``."""
    if not Key.objects.out().filter(pk=key.pk).update(**NOBODY):
        raise NotOut
    record(key, KeyActivity.BACK, actor=actor, now=now)


@transaction.atomic
def report_lost(key: Key, *, actor: User | None = None, now: datetime | None = None) -> None:
    """Nobody knows where the key is. Who had it stands there until it is found or replaced.

    Raises ``IsLost``.
    """
    now = now or timezone.now()
    here = Key.objects.filter(pk=key.pk, lost_on__isnull=True)
    if not here.update(lost_on=timezone.localdate(now)):
        raise IsLost
    record(key, KeyActivity.LOST, actor=actor, now=now)


@transaction.atomic
def found(key: Key, *, actor: User | None = None, now: datetime | None = None) -> None:
    """The key is in the house again. Raises ``NotLost``."""
    if not Key.objects.lost().filter(pk=key.pk).update(lost_on=None, **NOBODY):
        raise NotLost
    record(key, KeyActivity.FOUND, actor=actor, now=now)


def call_back(slot: Slot, *, on: date, now: datetime | None = None) -> None:
    """The keys that were lent for ``slot`` are due on ``on``, if not before."""
    for key in Key.objects.out().filter(slot=slot).select_for_update():
        due = max(on, key.since or on)
        if key.due is None or key.due > due:
            key.due = due
            key.save(update_fields=["due"])
            record(key, KeyActivity.CALLED_BACK, now=now)


def _locked(key: Key) -> Key:
    return Key.objects.select_for_update(of=("self",)).select_related("venue").get(pk=key.pk)
