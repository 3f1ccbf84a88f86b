"""Django's own texts that our catalogues say anew.

Either Django has no Norwegian for them, or says them in the words of an authority. Nothing imports
this module: the catalogues are gathered from it, and go before those of Django.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

FORMS = (
    _("This field is required."),
    _("Enter a valid value."),
    _("Enter a valid URL."),
    _("Enter a valid email address."),
    _("Enter a number."),
    _("Enter a whole number."),
    _("Enter a valid date."),
    _("Enter a valid time."),
    _("Enter a valid date/time."),
    _("Enter a list of values."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    ngettext_lazy("Please correct the error below.", "Please correct the errors below."),
    _("Please correct the duplicate values below."),
    _("%(model_name)s with this %(field_label)s already exists."),
)

ADMIN = (
    _("Add %s"),
    _("Add %(name)s"),
    _("Select %s to change"),
    _("%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?"),
    _("Select this object for an action - {}"),
    _("Select all objects on this page for an action"),
    _("View selected %(model)s"),
    _("Model name"),
    _("Add link"),
    _("Change or view list link"),
    _("Breadcrumbs"),
    _("Sidebar"),
    _("Skip to main content"),
    _("Start typing to filter…"),
    _("Filter navigation items"),
    _("Show counts"),
    _("Hide counts"),
    _("Toggle theme (current theme: auto)"),
    _("Toggle theme (current theme: light)"),
    _("Toggle theme (current theme: dark)"),
    ngettext_lazy("entry", "entries"),
    _("Thanks for spending some quality time with the web site today."),
)

PASSWORDS = (
    _("After you’ve created a user, you’ll be able to edit more user options."),
    _("Set password"),
    _("Set password: %s"),
    _("Your old password was entered incorrectly. Please enter it again."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
)
