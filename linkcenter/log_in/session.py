"""How long somebody who works here stays logged in: half an hour idle, twelve hours at most.

Both are counted on the server from what the session itself holds, whatever the browser does with
its cookie. When the time is up, the session is gone: only whose it was is remembered, so that what
they had typed can wait for them (``kept_forms``).
"""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from django.contrib.auth import SESSION_KEY, get_user, update_session_auth_hash
from django.contrib.auth.models import AnonymousUser
from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from linkcenter.log_in import kept_forms
from linkcenter.models import User
from linkcenter.web import known_browsers

KEY = "staff"
ENDED = "ended"  # in the session after it: why
IDLE = timedelta(minutes=30)
AT_MOST = timedelta(hours=12)
NOTED = timedelta(minutes=1)  # not each page writes when it was


class Ending(StrEnum):
    IDLE = "idle"
    LONG = "long"
    CHANGED = "changed"


WORDS = {
    Ending.IDLE: _("Nothing was done here for half an hour, so you were logged out."),
    Ending.LONG: _("You had been logged in for twelve hours, so you were logged out."),
    Ending.CHANGED: _("Something about your account was changed, so you were logged out."),
}


def user_of(request: HttpRequest, *, now: datetime, is_visit: bool = True) -> User | AnonymousUser:
    """Who asks. Nobody, once their time is up: then the session ends here.

    ``is_visit`` is whether asking counts as doing something.
    """
    was_in, waiting = SESSION_KEY in request.session, kept_forms.sealed(request)
    user: User | AnonymousUser = get_user(request)
    if isinstance(user, AnonymousUser):
        if was_in:  # another password, another role, or shut
            _end(request, Ending.CHANGED, waiting)
        return user
    if KEY not in request.session:  # not logged in by the page for it
        begin(request, user, now=now)
    held = request.session[KEY]
    if ending := _ending(held, now):
        _end(request, ending, waiting, whose=known_browsers.mark(user.email))
        return AnonymousUser()
    if is_visit and now.timestamp() - held["seen_at"] >= NOTED.total_seconds():
        request.session[KEY] = held | {"seen_at": now.timestamp()}
    return user


def begin(request: HttpRequest, user: User, *, now: datetime) -> None:
    """``user`` has logged in: from now on the clock runs, whether a page follows or not."""
    request.session[KEY] = {"since": now.timestamp(), "seen_at": now.timestamp()}
    request.session.pop(ENDED, None)
    kept_forms.keep_for(request, user)
    known_browsers.note(request, user)


def _ending(held: dict[str, float], now: datetime) -> Ending | None:
    """What is so much later than now is from before the clock was right: it ends as well."""
    if abs(now.timestamp() - held["since"]) >= AT_MOST.total_seconds():
        return Ending.LONG
    if abs(now.timestamp() - held["seen_at"]) >= IDLE.total_seconds():
        return Ending.IDLE
    return None


def _end(request: HttpRequest, ending: Ending, waiting: dict[str, str], *, whose: str = "") -> None:
    request.session.flush()
    request.session[ENDED] = ending
    kept_forms.put_back(request, waiting, whose=whose)


def why_ended(request: HttpRequest) -> str:
    """What to say about the session before this one, once."""
    ending = request.session.pop(ENDED, None)
    return str(WORDS[ending]) if ending else ""


def began_at(request: HttpRequest) -> datetime | None:
    """When who asks logged in, with all that it takes."""
    held = request.session.get(KEY)
    return datetime.fromtimestamp(held["since"], UTC) if held else None


def time_left(request: HttpRequest, *, now: datetime) -> timedelta:
    """For how long the session lasts if nothing is done, or whatever is done."""
    held = request.session[KEY]
    until = min(
        held["seen_at"] + IDLE.total_seconds(),
        held["since"] + AT_MOST.total_seconds(),
    )
    return timedelta(seconds=max(0.0, until - now.timestamp()))


def can_be_longer(request: HttpRequest, *, now: datetime) -> bool:
    """Whether doing something gives more time: not in the last half hour of twelve."""
    return now.timestamp() + IDLE.total_seconds() < (
        request.session[KEY]["since"] + AT_MOST.total_seconds()
    )


def end_all(user: User) -> None:
    """Whoever is logged in as ``user``, wherever, is so no longer with the next request."""
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    user.refresh_from_db(fields=["session_round"])


def end_others(request: HttpRequest, user: User) -> None:
    """As ``end_all``, but for the session that asks for it, which gets a new number."""
    end_all(user)
    update_session_auth_hash(request, user)
