"""The way back in for who has forgotten the password: a link by e-mail, which works once.

Whether anybody has the address is found out by the worker alone, so that who asks learns nothing.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app as jobs

from linkcenter.encryption import keyed_digest
from linkcenter.log_in import mail, session
from linkcenter.messages import outbox
from linkcenter.models import PasswordLink, User
from linkcenter.tokens import hash_token, new_seed, token_for
from linkcenter.web import limits

SEND_JOB = "linkcenter.send_password_link"
LIFE = timedelta(hours=1)
UNKNOWN = limits.Limit("unknown links of staff", 60, timedelta(hours=1))


def ask(email: str) -> None:
    """Whoever has the address gets a link. The job holds a keyed digest and no address."""
    digest = keyed_digest(email.lower())
    jobs.configure_task(SEND_JOB, queue="mail").defer(digest=digest)


def send_to(digest: str, *, now: datetime | None = None) -> bool:
    """Send a link to the account in use whose address has ``digest``, if there is one.

    Anybody may ask for it: no link if the account had many of late.
    """
    accounts = User.objects.filter(is_active=True).values_list("pk", "email")
    found = next((each for each in accounts.iterator() if keyed_digest(each[1]) == digest), None)
    if found is None or not limits.is_turn(found[1], now=now or timezone.now()):
        return False
    return send(found[0], now=now)


@transaction.atomic
def send(user_id: int, *, now: datetime | None = None) -> bool:
    """The account gets a new link, and older ones stop working."""
    now = now or timezone.now()
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    if not user.is_active:
        return False
    user.password_links.all().delete()
    seed = new_seed()
    PasswordLink.objects.create(
        user=user,
        token_hash=hash_token(token_for(seed)),
        created_at=now,
        expires_at=now + LIFE,
    )
    link = outbox.Link(seed=seed, path=mail.password_path(user.language))
    mail.new_password(user, link=link, now=now)
    return True


@transaction.atomic
def forget(user: User) -> None:
    """The account has another address: what went to the one of before opens nothing any more."""
    user.password_links.all().delete()
    outbox.cancel(user, matter=mail.NEW_PASSWORD)


def find(token: str, *, now: datetime) -> PasswordLink | None:
    links = PasswordLink.objects.select_related("user")
    live = links.filter(expires_at__gt=now, user__is_active=True)
    return live.filter(token_hash=hash_token(token)).first()


@transaction.atomic
def choose(link: PasswordLink, password: str, *, now: datetime | None = None) -> bool:
    """The account has a new password, its sessions end, and the link is used up.

    False if the link was used meanwhile.
    """
    now = now or timezone.now()
    user = User.objects.select_for_update(no_key=True).get(pk=link.user_id)
    gone, _kinds = user.password_links.filter(pk=link.pk, expires_at__gt=now).delete()
    if not gone:
        return False
    user.set_password(password)
    user.save(update_fields=["password"])
    session.end_all(user)
    mail.log_in_changed(user, now=now)
    return True


def close_all() -> int:
    """No link works any more; returns how many there were."""
    closed, _kinds = PasswordLink.objects.all().delete()
    return closed
