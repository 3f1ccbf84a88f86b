"""What the tests of the staff's page of an event need."""

from django.urls import reverse
from django.utils import timezone

from centres.states import Attendance
from tests import recipes


def event(at, **fields):
    return recipes.event(at, **({"attendance": Attendance.SIGN_UP} | fields))


def page(of, name="change", *args):
    return reverse(f"admin:centres_event_{name}", args=[of.pk, *args])


def form_of(of, **fields):
    """What the page posts when nothing was changed in it, but ``fields``."""
    starts = timezone.localtime(of.starts_at)
    texts = {
        f"{name}_{code}": getattr(of, f"{name}_{code}") or ""
        for name in ("title", "audience", "description")
        for code in ("nb", "nn", "en")
    }
    return {
        "centre": of.centre_id,
        "kind": of.kind,
        "published": "on",
        "starts_at": f"{starts:%Y-%m-%dT%H:%M}",
        "ends_at": "",
        "place": of.place,
        "attendance": of.attendance,
        "capacity": of.capacity or "",
        "joining": of.joining,
        "held_in": of.held_in,
        "organiser": of.organiser,
        "note": of.note,
        **texts,
        **fields,
    }


def messages_on(response):
    return [str(message) for message in response.context["messages"]]
