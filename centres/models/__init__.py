from .area import Municipality
from .centre import Centre, CentreQuerySet
from .events import Event
from .hours import OpeningException, OpeningHours
from .house import Booking, Slot, Venue
from .pages import Article, CrisisLine
from .partners import ContactPerson, Organisation, Partnership
from .staff import StaffRole

__all__ = [
    "Article",
    "Booking",
    "Centre",
    "CentreQuerySet",
    "ContactPerson",
    "CrisisLine",
    "Event",
    "Municipality",
    "OpeningException",
    "OpeningHours",
    "Organisation",
    "Partnership",
    "Slot",
    "StaffRole",
    "Venue",
]
