from .ask import AskForm
from .check import ConsentForm
from .group import GroupForm
from .person import PersonForm
from .phone import PhoneRegistrationForm
from .times import TimesForm

__all__ = [
    "AskForm",
    "ConsentForm",
    "GroupForm",
    "PersonForm",
    "PhoneRegistrationForm",
    "TimesForm",
]
