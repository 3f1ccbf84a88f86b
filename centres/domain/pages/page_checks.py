"""What staff should check about a centre, so that nobody meets a closed door."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centres.models import Centre
from centres.states import CentreStatus
from linkcenter.models import User

TOO_LONG_AGO = timedelta(days=182)


def what_to_check(centre: Centre, *, today: date) -> list[str | Promise]:
    """Sentences for staff: what is not confirmed, missing, or was checked too long ago."""
    found: list[str | Promise] = [line for line in centre.doubts.splitlines() if line]
    if not centre.is_current:
        return found
    if centre.verified_on is None:
        found.append(
            _("Nobody has checked this page yet. Read it, and press the button when all is right.")
        )
    elif centre.verified_on < today - TOO_LONG_AGO:
        found.append(_("It is more than half a year since this page was checked."))
    if centre.status == CentreStatus.OPEN and not centre.opening_hours.exists():
        found.append(_("There are no opening hours here."))
    return found


def confirm_page(centre: Centre, *, actor: User, today: date | None = None) -> None:
    """Let the page say that ``actor`` has checked it today."""
    centre.verified_on = today or timezone.localdate()
    centre.verified_by = actor.name[: Centre._meta.get_field("verified_by").max_length]
    centre.save(update_fields=["verified_on", "verified_by"])
