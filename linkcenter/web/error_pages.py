"""What each kind of trouble says: what happened, that nothing is lost, and what to do now."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WITH_DATA = "base.html"
WITHOUT_DATA = "errors/standalone.html"  # asks the database nothing, since it may be down


@dataclass(frozen=True)
class Page:
    """What one kind of trouble says."""

    status: int
    title: str | Promise
    text: str | Promise
    frame: str = WITH_DATA


BAD_REQUEST = Page(
    400,
    _("This could not be read"),
    _("Something in the address or the form was not as it should be. Go back and try again."),
)
ODD_CHARACTERS = Page(
    400,
    _("The text held characters that cannot be stored"),
    _("They came along unseen, often when text is copied. They are gone from the text below."),
)
FORBIDDEN = Page(
    403,
    _("You do not have access to this page"),
    _("Do you work at a centre? Log in with the account that has access."),
)
FROM_ELSEWHERE = Page(
    403,
    _("This form did not come from our own page"),
    _("Nothing has been sent. Open the page from our front page and fill in the form there."),
)
OPEN_TOO_LONG = Page(
    403,
    _("The page had been open for a long time"),
    _("What you wrote is kept, but not sent yet. Press the button to send it."),
)
NO_COOKIE = Page(
    403,
    _("Your browser has no cookie from us"),
    _(
        "What you wrote is kept, but not sent yet. Press the button to send it. "
        "Does this page come back? Then allow cookies for this site."
    ),
)
SOMEBODYS = Page(
    403,
    _("Somebody has logged in here since this page was opened"),
    _(
        "Nothing has been sent, since somebody else may have written it. "
        "Is it yours? Then copy what you need, and open the page again."
    ),
)
NOT_FOUND = Page(
    404,
    _("We cannot find this page"),
    _("The address may be written wrong, or the page may have moved."),
)
NOT_ALLOWED = Page(
    405,
    _("This address is not used like that"),
    _("Nothing has been changed. Start from the front page."),
)
TOO_MUCH = Page(
    413,
    _("This was too much to send"),
    _("Nothing has been sent. Go back, shorten the text and send it again."),
)
TOO_LONG_ADDRESS = Page(
    414,
    _("The address is too long"),
    _("Start from the front page."),
)
TOO_OFTEN = Page(
    429,
    _("A lot is being sent from where you are just now"),
    _(
        "What you wrote is kept, but not sent yet. Wait a while, and press the button. "
        "Or ring your centre: they can write it down for you."
    ),
)
TOO_MUCH_AT_ONCE = Page(
    429,
    _("A lot is being sent from where you are just now"),
    _("Nothing has been sent. Wait a minute, go back and try again. Or ring your centre."),
    WITHOUT_DATA,
)
OUR_FAULT = Page(
    500,
    _("Something went wrong here with us"),
    _("It was not your fault. Try again in a few minutes, or ring your centre."),
    WITHOUT_DATA,
)
SHORT_BREAK = Page(
    503,
    _("We are back in a moment"),
    _("The page is taking a short break. Try again in a minute."),
    WITHOUT_DATA,
)
