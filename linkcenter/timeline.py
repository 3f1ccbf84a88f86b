"""The timeline: what happened to a subject, in words that hold no personal value."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from linkcenter.activity_codes import is_known
from linkcenter.models import Activity, User

ONCE_AN = timedelta(hours=1)


def record(
    subject: models.Model,
    what: str,
    *,
    actor: User | None = None,
    fields: Iterable[str] = (),
    now: datetime | None = None,
) -> Activity:
    """Add ``what`` to the timeline of ``subject``. Raises ``ValueError`` on an undeclared code.

    ``fields`` are names of changed fields; values are never recorded.
    """
    if not is_known(what):
        raise ValueError(f"{what} is not declared as an activity")
    return Activity.objects.create(
        subject=subject,
        what=what,
        actor=actor,
        fields=sorted(fields),
        at=now or timezone.now(),
    )


def record_opening(
    subject: models.Model, what: str, *, actor: User, now: datetime | None = None
) -> None:
    """``actor`` is about to see the personal side of ``subject``: once an hour it is told."""
    now = now or timezone.now()
    lately = Activity.objects.filter(
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        what=what,
        actor=actor,
        at__gt=now - ONCE_AN,
    )
    if not lately.exists():
        record(subject, what, actor=actor, now=now)
