from .area import Municipality, PostalCode
from .centre import Centre, CentreQuerySet
from .enquiries import Enquiry
from .events import Event, EventSignUp
from .hours import OpeningException, OpeningHours
from .house import Booking, Slot, Venue
from .invitations import Invitation
from .keys import Key
from .pages import FIXED_PAGES, Article, CrisisLine
from .partners import ContactPerson, Organisation, Partnership
from .saved_views import SavedView
from .staff import StaffRole

__all__ = [
    "FIXED_PAGES",
    "Article",
    "Booking",
    "Centre",
    "CentreQuerySet",
    "ContactPerson",
    "CrisisLine",
    "Enquiry",
    "Event",
    "EventSignUp",
    "Invitation",
    "Key",
    "Municipality",
    "OpeningException",
    "OpeningHours",
    "Organisation",
    "Partnership",
    "PostalCode",
    "SavedView",
    "Slot",
    "StaffRole",
    "Venue",
]
