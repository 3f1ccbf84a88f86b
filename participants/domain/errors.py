"""Why something about a registration is refused, in a sentence for whoever asked."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class RegistrationError(Exception):
    """Something about a registration was refused; ``message`` says so to the reader."""

    message: str | Promise


class NotTakingRegistrations(RegistrationError):
    message = _("This centre does not take registrations at present.")


class ConsentMissing(RegistrationError):
    message = _("We need your yes before we can look for a group for you.")


class AlreadyClosed(RegistrationError):
    message = _("This registration was closed in the meantime.")
