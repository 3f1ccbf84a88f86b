"""What the centres keep of people who sign up for events, write to them, or work with them."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from centres.domain import enquiries
from centres.domain.events.sign_ups import KEEP_SIGN_UPS, sign_ups_to_forget
from centres.domain.staff import inviting
from centres.models import (
    Article,
    Booking,
    Centre,
    ContactPerson,
    CrisisLine,
    Enquiry,
    Event,
    EventSignUp,
    Invitation,
    Key,
    Municipality,
    OpeningException,
    OpeningHours,
    Organisation,
    Partnership,
    PostalCode,
    SavedView,
    Slot,
    StaffRole,
    Venue,
)
from centres.models.enquiries import KEEP_HANDLED, KEEP_OPEN
from linkcenter.personal_data.register import Matter, Rule, Term, register, with_periods
from linkcenter.privacy import STAFF

GUESTS = _("Whoever signs up for an event")
WRITERS = _("Whoever writes to us")
CONTACTS = _("Whoever the public may ask for")
BORROWERS = _("Whoever signs for a key")


def enquiries_to_forget(now: datetime) -> QuerySet[Enquiry]:
    return Enquiry.objects.to_forget(now)


register.declare(
    EventSignUp,
    *("event", "name", "phone", "email", "language", "state", "signed_up_at", "search_keys"),
    matter=Matter(
        about=GUESTS,
        what=_("What we may call you, your phone number or e-mail address, and which event."),
        why=_("So that there is a place for you, and you hear of it if something changes."),
        term=Rule(
            words=with_periods(
                _("{kept} after the event. Only how many came is left."), kept=KEEP_SIGN_UPS
            ),
            code="sign-ups",
            title=_("Sign-ups for events"),
            centre_path="event__centre",
            due=sign_ups_to_forget,
            forget=lambda sign_up, now: sign_up.delete(),
        ),
    ),
)
register.impersonal_fields(EventSignUp, "id", "form_id", "seed", "token_hash")

register.declare(
    Enquiry,
    *("name", "email", "phone", "text", "organisation", "page"),
    matter=Matter(
        about=WRITERS,
        what=_("What you write, and how we can answer you."),
        why=_("So that the right centre can answer."),
        term=Rule(
            words=with_periods(
                _(
                    "{handled} after somebody has taken care of it. If nobody does, {open} after"
                    " it came."
                ),
                handled=KEEP_HANDLED,
                open=KEEP_OPEN,
            ),
            code="enquiries",
            title=_("Enquiries"),
            centre_path="centre",
            due=enquiries_to_forget,
            forget=lambda enquiry, now: enquiries.forget(enquiry, now=now),
        ),
    ),
)
register.impersonal_fields(
    Enquiry,
    *("id", "kind", "centre", "channel", "municipality", "language", "created_at", "form_id"),
    *("taken_by", "handled_at", "handled_by", "forgotten_at"),
)

register.declare(
    ContactPerson,
    *("centre", "organisation", "name", "title", "phone", "email", "languages", "published"),
    *("position", "note"),
    matter=Matter(
        about=CONTACTS,
        what=_("Name, role, phone number and e-mail address, shown only if the person agrees."),
        why=_("So that people know whom they can ask."),
        term=Term(words=_("As long as the person has that role.")),
    ),
)
register.impersonal_fields(ContactPerson, "id")
register.declare(
    Key,
    *("holder", "phone", "slot", "since", "due"),
    matter=Matter(
        about=BORROWERS,
        what=_("Your name and phone number, which key you have, and when it is due."),
        why=_("So that the key finds its way back."),
        term=Term(words=_("Until the key is back.")),
    ),
)
register.impersonal_fields(Key, "id", "venue", "number", "lost_on")
AT_WORK = Matter(
    about=STAFF,
    what=_("Which centre the person works at, and as what."),
    why=_("So that everybody sees the cases of their own centre, and no others."),
    term=Term(words=_("As long as the person works there.")),
)
register.declare(StaffRole, *("user", "centre", "role", "may_export"), matter=AT_WORK)
register.declare(SavedView, *("owner", "centre", "name"), matter=AT_WORK)
register.declare(
    Invitation,
    *("email", "name", "role", "centre", "language", "invited_by"),
    *("sent_at", "accepted_at", "withdrawn_at"),
    matter=AT_WORK,
)
register.impersonal_fields(Invitation, "id", "seed", "token_hash", "expires_at")
register.add_rule(
    Rule(
        words=with_periods(_("{kept}."), kept=inviting.KEEP),
        code="invitations",
        title=_("Invitations to work here"),
        due=inviting.old,
        forget=lambda invitation, now: invitation.delete(),
    )
)
register.impersonal_fields(StaffRole, "id")
register.impersonal_fields(SavedView, "id", "list", "query")
register.impersonal_model(
    *(Article, Booking, Centre, CrisisLine, Event, Municipality, OpeningException, OpeningHours),
    *(Organisation, Partnership, PostalCode, Slot, Venue),
)
