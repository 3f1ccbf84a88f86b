from .check import ConsentForm
from .group import GroupForm
from .person import PersonForm
from .phone import PhoneRegistrationForm
from .times import TimesForm

__all__ = ["ConsentForm", "GroupForm", "PersonForm", "PhoneRegistrationForm", "TimesForm"]
