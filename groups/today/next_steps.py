"""The one thing to do next for a person or a group, as staff read it on top of the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.models import Seat, SelfHelpGroup
from groups.states import GroupState, SeatState
from participants.domain.intake.tries import Tries
from participants.domain.person.own_page import heard_by
from participants.models import Registration, Talk
from participants.models.registration_queries import TALK_LASTS
from participants.states import RegistrationState


@dataclass(frozen=True)
class NextStep:
    """What to do, why now, and where on this page or elsewhere it is done.

    ``is_ours``: it waits for staff; else there is nothing to do but wait.
    """

    words: str | Promise
    why: str | Promise = ""
    address: str = ""
    link: str | Promise = ""
    is_ours: bool = True


def _day(day: Any) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def next_for_person(
    registration: Registration,
    *,
    seat: Seat | None,
    question: Any,
    talks: Sequence[Talk],
    tries: Tries | None,
    to_tell: int,
    today: date,
) -> NextStep | None:
    """None once the registration is closed. ``to_tell``: messages that wait for staff."""
    if not registration.is_open:
        return None
    for step in _for_person(registration, seat, question, talks, tries, to_tell, today):
        return step
    return None


def _for_person(
    registration: Registration,
    seat: Seat | None,
    question: Any,
    talks: Sequence[Talk],
    tries: Tries | None,
    to_tell: int,
    today: date,
) -> Iterator[NextStep]:
    """What could be next, the most urgent first."""
    now = timezone.now()
    write, book = _("Write down a contact"), _("Book a talk")
    if to_tell:
        words = ngettext(
            "Tell the person: %(n)s message waits for you.",
            "Tell the person: %(n)s messages wait for you.",
            to_tell,
        )
        yield NextStep(words % {"n": to_tell}, address="#messages", link=_("Read it"))
    if registration.talk_at and registration.talk_at + TALK_LASTS <= now:
        yield NextStep(_("Write down how the talk went."), address="#write", link=write)
    if registration.talk_declined_at:
        yield NextStep(
            _("Book another time for the talk."),
            why=_("The time did not suit the person."),
            address="#talk",
            link=book,
        )
    if registration.talk_at:
        when = date_format(timezone.localtime(registration.talk_at), "SHORT_DATETIME_FORMAT")
        yield NextStep(
            _("Talk on %(when)s, held by %(who)s.") % {"when": when, "who": registration.talk_by},
            address="#talk",
            link=_("Look at the talk"),
            is_ours=False,
        )
    if registration.is_paused(today):
        until = _day(registration.paused_until)
        yield NextStep(
            _("A break until %(day)s. Then they wait again by themselves.") % {"day": until},
            is_ours=False,
        )
    if seat is not None:
        yield _with_place(registration, seat, today)
    if question is not None:
        yield NextStep(
            _("Waits for the answer to a question, by %(day)s.")
            % {"day": _day(question.answer_by)},
            address="#groups",
            link=_("Write down the answer"),
            is_ours=question.answer_by < today,
        )
    if registration.state == RegistrationState.RECEIVED:
        yield _to_reach(registration, talks, tries, today)
    yield NextStep(
        _("Find a group: this person is ready and has no place."),
        address=reverse("admin:groups_matchrun_why", args=[registration.pk]),
        link=_("See what would help"),
    )


def _to_reach(
    registration: Registration, talks: Sequence[Talk], tries: Tries | None, today: date
) -> NextStep:
    """Somebody whom we are not done talking with."""
    write: dict[str, Any] = {"address": "#write", "link": _("Write down a contact")}
    latest = talks[0] if talks else None
    if latest is None:
        by = heard_by(registration)
        why = _("We have promised to be in touch by %(day)s.") % {"day": _day(by)}
        return NextStep(_("Get in touch for the first time."), why=why, **write)
    if latest.next_try and latest.next_try > today:
        words = _("Try again on %(day)s.") % {"day": _day(latest.next_try)}
        return NextStep(words, is_ours=False, **write)
    if tries:
        words = _("Try again: nobody has answered yet.")
        return NextStep(words, why=tries.advice, **write)
    return NextStep(_("Talk once more, and say if they are ready for a group."), **write)


def _with_place(registration: Registration, seat: Seat, today: date) -> NextStep:
    """Somebody who has a place, or is being asked whether they want it."""
    group = seat.group
    if group.centre_id == registration.participant.centre_id:
        there: dict[str, Any] = {
            "address": reverse("admin:groups_selfhelpgroup_change", args=[group.pk]),
            "link": _("Open %(group)s") % {"group": group},
        }
    else:
        there = {"address": "#groups", "link": _("Look at the place")}
    if seat.state == SeatState.PROPOSED:
        return NextStep(_("Ask if they want the place."), **there)
    if seat.state == SeatState.ASKED and seat.answer_by:
        day = {"day": _day(seat.answer_by)}
        if seat.answer_by < today:
            words = _("Ring: the time to answer was over on %(day)s.") % day
            return NextStep(words, address="#groups", link=_("Write down the answer"))
        words = _("Asked, and has until %(day)s to answer.") % day
        return NextStep(words, address="#groups", link=_("Write down the answer"), is_ours=False)
    if seat.waits_for_group:
        return NextStep(_("Said yes. The group has not answered yet."), is_ours=False, **there)
    if group.state == GroupState.FORMING:
        words = _("Said yes. The group is not settled yet.")
        return NextStep(words, is_ours=False, **there)
    if group.started_on is None and group.first_date:
        words = _("Has a place. The first meeting is on %(day)s.") % {"day": _day(group.first_date)}
        return NextStep(words, is_ours=False, **there)
    return NextStep(_("Has a place in a group that meets."), is_ours=False, **there)


def next_for_group(group: SelfHelpGroup, page: dict[str, Any], *, today: date) -> NextStep | None:
    """``page``: what the group's page has found out already. None once the group has ended."""
    if group.state == GroupState.ENDED:
        return None
    if group.state == GroupState.FORMING:
        return _while_forming(group, page, today)
    waiting = [seat for seat, _told in page["live_seats"] if seat.waits_for_group]
    if waiting:
        return NextStep(_("Ask the group about somebody new."), address="#people", link=_("Look"))
    if group.state == GroupState.SETTLED and group.started_on is None:
        return _before_the_start(group, page, today)
    if page.get("signed"):
        words = _("Note that all have signed the promise.")
        return NextStep(words, address="#start", link=_("Write it down"))
    if page.get("reports"):
        return NextStep(
            _("Write down how a meeting went."), address="#start", link=_("Write it down")
        )
    if group.contact_id is None:
        words = _("Find out who is the contact of the group.")
        return NextStep(words, address="#contact", link=_("Choose the contact"))
    if "hand_over" in page["forms"]:
        words = _("Hand the group over when it is ready.")
        return NextStep(words, address="#hand-over", link=_("Hand over"), is_ours=False)
    return NextStep(_("Nothing now: the group meets by itself."), is_ours=False)


def _while_forming(group: SelfHelpGroup, page: dict[str, Any], today: date) -> NextStep:
    stands = page["stands"]
    members = len(page["live_seats"])
    if stands.is_enough and not stands.unanswered and not stands.to_ask:
        return NextStep(
            _("Settle the group: enough have said yes."), address="#stands", link=_("Settle")
        )
    if stands.is_due:
        words = _("Decide: the time to answer is over, and too few have said yes.")
        return NextStep(words, address="#stands", link=_("Decide"))
    if members < stands.need:
        words = ngettext(
            "Find %(n)s more person.", "Find %(n)s more people.", stands.need - members
        )
        more = words % {"n": stands.need - members}
        return NextStep(more, address="#add", link=_("See who fits"))
    if stands.to_ask:
        words = ngettext(
            "Ask %(n)s person who has not been asked.",
            "Ask %(n)s people who have not been asked.",
            stands.to_ask,
        )
        return NextStep(words % {"n": stands.to_ask}, address="#ask", link=_("Ask"))
    if stands.answer_by and stands.answer_by < today:
        words = _("Ring those who have not answered: the time is over.")
        return NextStep(words, address="#people", link=_("See who"))
    if to_tell := sum(_is_untold(seat) for seat, _told in page["live_seats"]):
        words = ngettext(
            "Tell %(n)s person: they have not heard the question yet.",
            "Tell %(n)s people: they have not heard the question yet.",
            to_tell,
        )
        calls = reverse("admin:groups_selfhelpgroup_calls", args=[group.pk])
        return NextStep(words % {"n": to_tell}, address=calls, link=_("Call list"))
    if stands.unanswered and stands.answer_by:
        words = ngettext(
            "Waits for %(n)s answer, by %(day)s.",
            "Waits for %(n)s answers, by %(day)s.",
            stands.unanswered,
        )
        said = words % {"n": stands.unanswered, "day": _day(stands.answer_by)}
        return NextStep(said, address="#people", link=_("See who"), is_ours=False)
    return NextStep(
        _("Settle the group: enough have said yes."), address="#stands", link=_("Settle")
    )


def _is_untold(seat: Seat) -> bool:
    """Whether staff have yet to ask this person, who gets no e-mail."""
    return seat.state == SeatState.ASKED and seat.message is not None and seat.message.is_by_hand


def _before_the_start(group: SelfHelpGroup, page: dict[str, Any], today: date) -> NextStep:
    if not page["initiators"]:
        words = _("Put an initiator on the group before it starts.")
        return NextStep(words, address="#start", link=_("Choose somebody"))
    if group.first_date and group.first_date > today:
        words = _("Starts on %(day)s. Print the start sheet before.") % {
            "day": _day(group.first_date)
        }
        return NextStep(words, address="#prints", link=_("To print"), is_ours=False)
    words = _("Write down that the start meeting was held.")
    return NextStep(words, address="#start-meeting", link=_("Write it down"))
