"""What this app keeps of people: messages, the timeline, staff accounts, counts of who sends."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob

from linkcenter import jobs
from linkcenter.messages import outbox
from linkcenter.models import (
    Activity,
    DoneAct,
    JobRun,
    Message,
    MessageState,
    PasswordLink,
    Spending,
    User,
)
from linkcenter.periods import days, hours
from linkcenter.personal_data import erasures
from linkcenter.personal_data.register import Matter, Rule, Term, register, with_periods
from linkcenter.web import limits

EVERYBODY = _("Everybody whom we write to")
STAFF = _("Whoever works at a centre")
VISITORS = _("Whoever opens the pages")

WITH_PERSON = Term(words=_("As long as we have you on record."))


def texts_to_forget(now: datetime) -> QuerySet[Message]:
    """What was sent long enough ago, and what was never sent and is as old.

    A call, a text message or a letter that staff are still to pass on stays as long as it is to be
    said. Of an e-mail that failed they see after that only that it did.
    """
    old = now - outbox.KEEP_TEXT
    never_sent = Q(
        state__in=[MessageState.DRAFT, MessageState.CANCELLED, MessageState.FAILED],
        created_at__lte=old,
    )
    return Message.objects.filter(Q(sent_at__lte=old) | never_sent, text__isnull=False)


def forget_text(message: Message, now: datetime) -> None:
    message.text = message.to = message.calendar = None
    if message.state == MessageState.DRAFT:  # there is nothing left of it to send
        message.state, message.stale = MessageState.CANCELLED, False
    message.save(update_fields=["text", "to", "calendar", "state", "stale"])


TEXT = Rule(
    words=with_periods(
        _("{kept} after it was sent. After that we know only that we wrote, and when."),
        kept=outbox.KEEP_TEXT,
    ),
    code="texts of messages",
    title=_("Texts of messages"),
    due=texts_to_forget,
    forget=forget_text,
)
SESSION = Rule(
    words=with_periods(_("{kept} at most."), kept=hours(settings.SESSION_COOKIE_AGE // 3600)),
    code="sessions",
    title=_("Forms that were not sent, and visits to one's own page"),
    due=lambda now: Session.objects.filter(expire_date__lte=now),
    forget=lambda session, now: session.delete(),
)
COUNT = Rule(
    words=with_periods(_("{kept}. Nobody can read from it who it was."), kept=limits.KEEP),
    code="counts of who sends",
    title=_("Counts of who sends"),
    due=lambda now: Spending.objects.filter(begins_at__lte=now - limits.KEEP),
    forget=lambda spending, now: spending.delete(),
)
REPORT = Rule(
    words=with_periods(_("{kept} after it was done."), kept=jobs.KEEP_REPORTS),
    code="reports of nightly jobs",
    title=_("Reports of nightly jobs"),
    due=jobs.old_reports,
    forget=lambda run, now: run.delete(),
)
FAILURE = Rule(
    words=with_periods(_("{kept}."), kept=jobs.KEEP_FAILED),
    code="failed jobs",
    title=_("Jobs that failed"),
    due=jobs.old_failures,
    forget=jobs.forget_failure,
)

# Whoever works at a centre, and whatever names them.
ACCOUNT = Matter(
    about=STAFF,
    what=_("Name, e-mail address, password in a form that cannot be read, last log-in."),
    why=_("So that only those who work there can see the cases."),
    term=Term(words=_("As long as the person works there, and as long as a case names them.")),
)

register.declare(
    Message,
    *("to", "text", "calendar"),
    matter=Matter(
        about=EVERYBODY,
        what=_("What we write to you, and to which address or number."),
        why=_("So that the message reaches you."),
        term=TEXT,
    ),
)
register.declare(
    Message,
    *("recipient_type", "recipient_id", "matter", "kind", "channel", "state", "language"),
    *("waits_because", "stale", "subject", "created_at", "sent_at", "error"),
    matter=Matter(
        about=EVERYBODY,
        what=_("That we wrote to you, when, and whether it arrived."),
        why=_("So that nobody is forgotten, and nobody is written to twice."),
        term=WITH_PERSON,
    ),
)
register.impersonal_fields(Message, "id", "facts", "link_path", "link_seed", "message_id")
register.declare(
    Activity,
    *("subject_type", "subject_id", "what", "actor", "at", "fields"),
    matter=Matter(
        about=EVERYBODY,
        what=_("What has happened with your case, when, and who did it. Never what you said."),
        why=_("So that you and the centre can see what was done."),
        term=WITH_PERSON,
    ),
)
register.impersonal_fields(Activity, "id")
register.declare(
    User,
    *("email", "name", "password", "last_login", "date_joined", "is_active", "language"),
    *("warned_at", "opened_at"),
    matter=ACCOUNT,
)
register.declare(Authenticator, "user", "type", "data", matter=ACCOUNT)
register.impersonal_fields(Authenticator, "id", "created_at", "last_used_at")
register.declare(PasswordLink, "user", "created_at", matter=ACCOUNT)
register.impersonal_fields(PasswordLink, "id", "token_hash", "expires_at")
register.add_rule(
    Rule(
        words=with_periods(_("{kept}."), kept=hours(1)),
        code="links for a new password",
        title=_("Links for a new password"),
        due=lambda now: PasswordLink.objects.filter(expires_at__lte=now),
        forget=lambda link, now: link.delete(),
    )
)
register.impersonal_fields(User, "id", "session_round")
register.declare(
    Session,
    *("session_key", "session_data", "expire_date"),
    matter=Matter(
        about=VISITORS,
        what=_(
            "The answers on a form that you have not sent yet, sealed so that nobody reads them."
        ),
        why=_("So that you can go back and forth without losing what you wrote."),
        term=SESSION,
    ),
)
register.declare(
    Spending,
    *("key", "begins_at", "times"),
    matter=Matter(
        about=VISITORS,
        what=_(
            "How often one network address has sent a form within an hour, and how often we have"
            " written to one address."
        ),
        why=_("So that programs cannot flood the centres, nor your mailbox."),
        term=COUNT,
    ),
)
register.declare(
    ProcrastinateJob,
    "args",
    matter=Matter(
        about=VISITORS,
        what=_("That a link could not be sent, if it failed: a sealed number and no address."),
        why=_("So that we can find the fault."),
        term=FAILURE,
    ),
)
register.declare(
    JobRun,
    "by",
    matter=Matter(
        about=STAFF,
        what=_("Who has confirmed that something is deleted."),
        why=_("So that we can show that somebody looked first."),
        term=REPORT,
    ),
)
register.impersonal_fields(JobRun, "id", "job", "started_at", "finished_at", "counts")
register.impersonal_model(DoneAct)
KEEP_DONE_ACTS = days(7)  # nobody sends a page again after that
register.add_rule(
    Rule(
        words=with_periods(_("{kept}."), kept=KEEP_DONE_ACTS),
        code="acts on several",
        title=_("Keys of acts on several at once"),
        due=lambda now: DoneAct.objects.filter(at__lte=now - KEEP_DONE_ACTS),
        forget=lambda done, now: done.delete(),
    )
)
register.declare_outside(
    Matter(
        about=EVERYBODY,
        what=_("That somebody has been deleted: the day, and a code that tells nobody who it was."),
        why=_("So that you do not come back if we have to put back a copy from before."),
        term=Term(
            words=with_periods(_("{kept}. It is kept beside the database."), kept=erasures.KEEP)
        ),
    )
)
