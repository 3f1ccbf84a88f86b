from .consent import Consent, ConsentText
from .link import PersonalLink
from .pairs import KeepApart, TwoPeople
from .person import Participant
from .privacy import LookThrough, ReadLog
from .registration import Registration
from .talk import Talk
from .theme import Theme

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
