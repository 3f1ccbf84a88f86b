"""What is refused of an event, and the sentence that says so."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class EventError(Exception):
    """Something about an event was refused; ``message`` says so to the reader."""

    message: str | Promise


class NoSignUp(EventError):
    message = _("You cannot sign up for this event.")


class AlreadyCancelled(EventError):
    message = _("This event has been cancelled already.")


class AlreadyGivenUp(EventError):
    message = _("This place has been given up already.")


class EventIsOver(EventError):
    message = _("This event is over.")


class NotOverYet(EventError):
    message = _("Write down how many came when the event is over.")


class TooFewPlaces(EventError):
    message = _("More people than that have a place. Write a higher number.")


class CannotBeHidden(EventError):
    message = _("People have signed up. Cancel the event instead, so that they are told.")


class HasSignUps(EventError):
    message = _(
        "People have signed up for this event, so it cannot be deleted. "
        "Cancel it instead: then they are told."
    )
