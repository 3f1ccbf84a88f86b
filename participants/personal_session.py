"""The short session of somebody who came by their own link.

It is no log-in, and never stands beside one: whoever opens a link is logged out as staff, and who
logs in as staff is nobody's guest.
"""

from datetime import datetime, timedelta

from django.contrib.auth import SESSION_KEY as STAFF
from django.contrib.auth import logout
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.utils.crypto import constant_time_compare

from linkcenter.encryption import keyed_digest
from participants.models import Participant
from participants.states import LinkPurpose

KEY = "person"
NOTICE = "notice"
WHOSE = "_whose"  # in each form of these pages
IDLE = timedelta(minutes=30)


def start(request: HttpRequest, participant: Participant, *, now: datetime) -> None:
    """Whoever holds this browser sees the page of ``participant``, in a session of a new id."""
    end(request)
    request.session[KEY] = {"pk": participant.pk, "seen_at": now.timestamp()}
    request.session.set_expiry(0)  # the browser forgets it when it is closed
    rotate_token(request)


def person(request: HttpRequest, *, now: datetime) -> Participant | None:
    """Whose page this browser sees; None once nothing has been done for half an hour. One that was
    seen so much later than now is from before the clock was right.

    Nor does it see the page of a row that goes on as another: there is a link to that one.
    """
    held = request.session.get(KEY)
    if held is None or STAFF in request.session:
        return None
    if abs(now.timestamp() - held["seen_at"]) > IDLE.total_seconds():
        end(request)
        return None
    goes_on = Participant.objects.exclude(registrations__merged_into__isnull=False)
    found = goes_on.filter(pk=held["pk"]).select_related("centre").first()
    if found is None:
        end(request)
    else:
        request.session[KEY] = held | {"seen_at": now.timestamp()}
    return found


def mark(request: HttpRequest, participant: Participant) -> None:
    """Let the page that answers ``request`` tell whose it is, and whom to call about it."""
    request.whose = _whose(participant)  # type: ignore[attr-defined]  # templates read both
    request.guest = participant  # type: ignore[attr-defined]


def is_of_another(request: HttpRequest, participant: Participant) -> bool:
    """Whether what is posted comes from a page of somebody else.

    It may have stood open in this browser since before ``participant`` opened theirs.
    """
    told = request.POST.get(WHOSE)
    return told is not None and not constant_time_compare(told, _whose(participant))


def _whose(participant: Participant) -> str:
    return keyed_digest(f"page:{participant.reference}")


def end(request: HttpRequest) -> None:
    """Forget everything that this browser's session held."""
    logout(request)


def end_all(participant: Participant) -> None:
    """No browser is on the person's page any more."""
    if not participant.links.filter(purpose=LinkPurpose.ENTER, used_at__isnull=False).exists():
        return  # spares reading every session for each of those whom nobody hears from
    for session in Session.objects.iterator():
        if session.get_decoded().get(KEY, {}).get("pk") == participant.pk:
            session.delete()


def say(request: HttpRequest, text: object) -> None:
    """Show ``text`` on the next page of this session."""
    request.session[NOTICE] = str(text)


def said(request: HttpRequest) -> str:
    """What the page before had to say, once."""
    return str(request.session.pop(NOTICE, ""))
