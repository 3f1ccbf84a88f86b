from .consent import Consent, ConsentText
from .contact import PersonalLink, Talk
from .person import KeepApart, Participant
from .registration import Registration, Theme

__all__ = [
    "Consent",
    "ConsentText",
    "KeepApart",
    "Participant",
    "PersonalLink",
    "Registration",
    "Talk",
    "Theme",
]
