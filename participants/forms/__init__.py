from .ask import AskForm
from .check import ConsentForm
from .group import GroupForm
from .own import (
    EraseForm,
    OwnContactForm,
    OwnGroupForm,
    OwnTimesForm,
    OwnWishesForm,
    PauseForm,
    TakeBackForm,
    WithdrawForm,
)
from .person import PersonForm
from .phone import PhoneRegistrationForm
from .times import TimesForm

__all__ = [
    "AskForm",
    "ConsentForm",
    "EraseForm",
    "GroupForm",
    "OwnContactForm",
    "OwnGroupForm",
    "OwnTimesForm",
    "OwnWishesForm",
    "PauseForm",
    "PersonForm",
    "PhoneRegistrationForm",
    "TakeBackForm",
    "TimesForm",
    "WithdrawForm",
]
