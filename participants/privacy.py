"""What the centres keep of people who register interest."""

from django.utils.translation import gettext_lazy as _

from centres.privacy import AT_WORK
from linkcenter.personal_data.register import Matter, Rule, register, with_periods
from participants import personal_session
from participants.domain import retention
from participants.domain.erasure import erase
from participants.domain.locks import hold_registrations
from participants.domain.person import link_request
from participants.domain.registration import held, still_interested
from participants.models import (
    Consent,
    ConsentText,
    KeepApart,
    LookThrough,
    Participant,
    PersonalLink,
    ReadLog,
    Registration,
    Talk,
    Theme,
    TwoPeople,
)

ABOUT = _("Whoever registers interest in a group")

SILENT = with_periods(
    _("{silent} after we last heard from you, if we have asked and you have not answered."),
    silent=still_interested.SILENT,
)
PERSON = Rule(
    words=with_periods(
        _(
            "As long as you wait, we follow your group, or you are its contact. It is deleted"
            " {closed} after your registration is closed, and {tried} after our last try if we"
            " never reach you. If you do not answer when we ask whether you want to wait on, it is"
            " deleted {silent} after we last heard from you."
        ),
        closed=retention.AFTER_CLOSING,
        tried=retention.AFTER_LAST_TRY,
        silent=still_interested.SILENT,
    ),
    code="people",
    title=_("People who are done here, or whom we never reached"),
    centre_path="centre",
    due=retention.people_to_forget,
    forget=lambda participant, now: erase(participant, now=now),
    all_rows=Participant.objects.all,
)
UNCONFIRMED = Rule(
    words=with_periods(
        _(
            "{kept}, if you get an e-mail with a button and do not press it. Without an e-mail"
            " address: until somebody at the centre has looked at it."
        ),
        kept=held.CONFIRM_WITHIN,
    ),
    code="unconfirmed registrations",
    title=_("Registrations that nobody has confirmed"),
    centre_path="centre",
    due=held.unconfirmed,
    forget=lambda participant, now: erase(participant, now=now),
)
NOTE = Rule(
    words=with_periods(
        _("{talk} after the talk, or {placing} after you got a place in a group."),
        talk=retention.AFTER_TALK,
        placing=retention.AFTER_PLACING,
    ),
    code="notes of talks",
    title=_("Notes from talks"),
    centre_path="registration__participant__centre",
    due=retention.talks_with_old_notes,
    forget=retention.forget_note,
)
LINK = Rule(
    words=with_periods(_("{kept} after it has stopped working."), kept=retention.AFTER_LINK),
    code="personal links",
    title=_("Personal links"),
    centre_path="participant__centre",
    due=retention.old_links,
    forget=lambda link, now: link.delete(),
)

register.held_by(Participant, hold_registrations)
register.when_erased(link_request.forget_asking)
register.when_erased(personal_session.end_all)

register.declare(
    Participant,
    *("name", "phone", "email", "postal_address", "preferred_way", "may_leave_message"),
    *("do_not_send", "safe_times", "language", "email_refused_on"),
    *("search_keys", "reach_keys"),
    matter=Matter(
        about=ABOUT,
        what=_("What we may call you, your phone number or addresses, and when we may ring."),
        why=_("So that we can reach you in the way that is safe for you."),
        term=PERSON,
    ),
)
register.declare(
    Participant,
    *("centre", "birth_year", "confirmed_adult_on", "gender", "municipality"),
    matter=Matter(
        about=ABOUT,
        what=_("That you are an adult, and if you say so: year of birth, gender, municipality."),
        why=_("So that you meet others whom you feel at home with, not too far away."),
        term=PERSON,
    ),
)
register.impersonal_fields(Participant, "id", "kept_until", "reminded_of_consents_on")

register.declare(
    Registration,
    *("participant", "role", "kind", "format", "themes", "any_theme", "availability"),
    *("languages", "gender_wish", "age_near_mine", "needs", "practical_needs"),
    *("would_initiate", "digital_elsewhere"),
    matter=Matter(
        about=ABOUT,
        what=_("What kind of group you would like, when you can meet, and what you need."),
        why=_("So that we can find a group that fits."),
        term=PERSON,
    ),
)
register.declare(
    Registration,
    "message",
    matter=Matter(
        about=ABOUT,
        what=_("The short message, if you write one."),
        why=_("So that we know what you would like to say before we ring."),
        term=PERSON,
    ),
)
register.declare(
    Registration,
    *("centre", "registered_at", "heard_at", "still_asked_on", "state", "close_reason"),
    *("closed_at", "channel", "heard_from", "paused_until", "talk_at", "talk_kind", "talk_by"),
    "responsible",
    *("talk_declined_at", "talk_wishes", "merged_into"),
    matter=Matter(
        about=ABOUT,
        what=_("When you registered, how you heard of us, and where you are on the way."),
        why=_("So that nobody loses their place in the line."),
        term=PERSON,
    ),
)
register.declare(
    Registration,
    "held_because",
    matter=Matter(
        about=ABOUT,
        what=_("Everything in a form that looks as if a program had sent it, and what looked odd."),
        why=_("So that programs do not take the time that people need."),
        term=UNCONFIRMED,
    ),
)
register.impersonal_fields(Registration, "id", "submission_key")

register.declare(
    Talk,
    *("registration", "kind", "at", "by", "outcome", "next_try", "pointed_to"),
    matter=Matter(
        about=ABOUT,
        what=_("When we tried to reach you or talked with you, who did, and what we agreed."),
        why=_("So that you are rung when we have promised."),
        term=PERSON,
    ),
)
register.declare(
    Talk,
    "note",
    matter=Matter(
        about=ABOUT,
        what=_("A short note from the talk."),
        why=_("So that you need not tell the same twice."),
        term=NOTE,
    ),
)
register.impersonal_fields(Talk, "id")

register.declare(
    Consent,
    *("participant", "text", "given_at", "given_by", "recorded_by", "withdrawn_at"),
    matter=Matter(
        about=ABOUT,
        what=_(
            "What you have said yes to, word for word, when and how, and when you took it back."
        ),
        why=_("So that we can show that you said yes."),
        term=PERSON,
    ),
)
register.impersonal_fields(Consent, "id")

PAIR = Matter(
    about=ABOUT,
    what=_("That two people must not come in one group, or only look like one. Never why."),
    why=_("So that everybody is safe, and nobody is taken for somebody else."),
    term=PERSON,
)
register.declare(KeepApart, "first", "second", matter=PAIR)
register.impersonal_fields(KeepApart, "id")
register.declare(TwoPeople, "first", "second", "by", "at", matter=PAIR)
register.impersonal_fields(TwoPeople, "id")

register.declare(
    PersonalLink,
    *("participant", "purpose", "created_at", "expires_at", "used_at", "superseded_at"),
    "new_email",
    matter=Matter(
        about=ABOUT,
        what=_("That you got a link of your own, and when you used it."),
        why=_("So that you can answer and change things without a password."),
        term=LINK,
    ),
)
register.impersonal_fields(PersonalLink, "id", "seed", "token_hash")

register.declare(
    ReadLog,
    *("participant", "reader", "role", "centre", "door", "reason", "at"),
    matter=Matter(
        about=ABOUT,
        what=_("Who at the centre has opened what we keep about you, and when."),
        why=_("So that you can see it, and nobody looks without a reason."),
        term=PERSON,
    ),
)
register.impersonal_fields(ReadLog, "id")
register.declare(LookThrough, *("centre", "by", "until", "at"), matter=AT_WORK)
register.impersonal_fields(LookThrough, "id")
register.impersonal_model(ConsentText, Theme)
