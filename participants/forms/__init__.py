from participants.forms.own_page.ask import AskForm
from participants.forms.own_page.changes import (
    EraseForm,
    OwnContactForm,
    OwnGroupForm,
    OwnTimesForm,
    OwnWishesForm,
    PauseForm,
    TakeBackForm,
    WithdrawForm,
)
from participants.forms.registration.consent import ConsentForm
from participants.forms.registration.group import GroupForm
from participants.forms.registration.person import PersonForm
from participants.forms.registration.phone import PhoneRegistrationForm
from participants.forms.registration.times import TimesForm

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
