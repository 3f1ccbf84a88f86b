"""The least that makes a valid row of each kind. A test states every fact that it relies on."""

from itertools import count
from typing import Any

from centres.models import Centre, Municipality, StaffRole, Venue
from centres.states import CentreStatus, Role, VenueKind, WrittenNorm
from linkcenter.models import User

_numbers = count(1)


def municipality(number: str | None = None, **fields: Any) -> Municipality:
    number = number or f"{next(_numbers) % 10000:04}"
    defaults = {
        "name": f"Kommune {number}",
        "county": "Fylke",
        "written_norm": WrittenNorm.NEUTRAL,
    }
    return Municipality.objects.create(number=number, **(defaults | fields))


def centre(slug: str | None = None, **fields: Any) -> Centre:
    slug = slug or f"senter-{next(_numbers)}"
    defaults = {
        "name": f"LINK {slug}",
        "status": CentreStatus.OPEN,
        "email": f"{slug}@example.org",
        "takes_registrations": True,
    }
    return Centre.objects.create(slug=slug, **(defaults | fields))


def venue(centre: Centre, **fields: Any) -> Venue:
    defaults = {"name": f"Rom {next(_numbers)}", "kind": VenueKind.ROOM, "capacity": 10}
    return Venue.objects.create(centre=centre, **(defaults | fields))


def staff(role: Role, centre: Centre | None = None, **fields: Any) -> User:
    """A staff account with one role. Its password is "prov-link"."""
    defaults = {"email": f"ansatt-{next(_numbers)}@example.org", "name": "Ansatt"}
    user = User.objects.create_user(password="prov-link", **(defaults | fields))
    StaffRole.objects.create(user=user, role=role, centre=centre)
    return user
