from .alike import TwoPeople
from .consent import Consent, ConsentText
from .contact import PersonalLink, Talk
from .person import KeepApart, Participant
from .privacy import LookThrough, ReadLog
from .registration import Registration, Theme

__all__ = [
    "Consent",
    "ConsentText",
    "KeepApart",
    "LookThrough",
    "Participant",
    "PersonalLink",
    "ReadLog",
    "Registration",
    "Talk",
    "Theme",
    "TwoPeople",
]
