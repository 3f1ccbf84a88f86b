"""After the hand-over the centre lets go of what it knows: the contact, the time, a head count.

Each member is told at the hand-over from which day on we know nothing of them. The nightly rule in
``groups.privacy`` then erases them, and their places in the group stay theirs.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from groups.domain.seats import lock, lock_registrations
from groups.mail import contact as mail
from groups.models import Question, Seat, SelfHelpGroup
from groups.states import GroupActivity, GroupState, SeatEndReason, SeatState
from linkcenter.database.among import among
from linkcenter.models import Message
from linkcenter.timeline import record
from participants.domain.erasure import erase
from participants.domain.locks import hold_registrations
from participants.models import Participant, Registration


def tell_members(group: SelfHelpGroup, *, now: datetime) -> None:
    """Each member is told once that the group runs itself, and until when we know who they are.

    The caller has locked the registrations and the group.
    """
    for seat in group.seats.members().select_related("registration__participant__centre"):
        seat.group = group
        _tell(seat, now=now)


def _tell(seat: Seat, *, now: datetime) -> None:
    weeks = timedelta(weeks=seat.group.centre.hand_over_weeks)
    seat.known_until = timezone.localdate(now) + weeks
    seat.save(update_fields=["known_until"])
    mail.handed_over(seat, now=now)


def tell_newcomers(*, now: datetime | None = None) -> int:
    """Tell whoever became a member after the hand-over the same; returns how many."""
    now = now or timezone.now()
    new = _not_told()
    return sum(_tell_newcomer(pk, now=now) for pk in list(new.values_list("pk", flat=True)))


def _not_told() -> QuerySet[Seat]:
    of_contact = Q(pk=F("group__contact"))
    rows = Seat.objects.members().filter(group__state=GroupState.SELF_RUN, known_until__isnull=True)
    return rows.exclude(of_contact)


@transaction.atomic
def _tell_newcomer(pk: int, *, now: datetime) -> bool:
    seat = Seat.objects.filter(pk=pk).select_related("group").first()
    if seat is None:
        return False
    lock_registrations([seat.registration_id])
    group = lock(seat.group)
    rows = _not_told().select_related("registration__participant__centre")
    newcomer = rows.filter(pk=pk).first()
    if newcomer is None:
        return False
    newcomer.group = group
    _tell(newcomer, now=now)
    return True


def people_to_forget(now: datetime) -> QuerySet[Participant]:
    """Members of groups that run themselves, but for the contact, once their date has come.

    Whom we have something to tell, to ask or to talk with is not among them before that is done.
    """
    today = timezone.localdate(now)
    untold = Message.objects.untold().filter(participant=OuterRef("pk"))
    asked = Question.objects.open().filter(registration__participant=OuterRef("pk"))
    talk = Registration.objects.filter(participant=OuterRef("pk"), talk_at__gt=now)
    is_kept = Q(kept_until__gt=today)
    members = _seats_due(today).values("registration__participant")
    due = Participant.objects.filter(among(members))
    return due.exclude(is_kept).exclude(Exists(untold) | Exists(asked) | Exists(talk))


def _seats_due(today: date) -> QuerySet[Seat]:
    rows = Seat.objects.members().filter(group__state=GroupState.SELF_RUN, known_until__lte=today)
    return rows.exclude(pk=F("group__contact"))


@transaction.atomic
def forget(participant: Participant, now: datetime) -> None:
    """The person is erased and stays a member: their place in the group is not given away."""
    hold_registrations(participant.pk)
    mine = _seats_due(timezone.localdate(now)).filter(registration__participant=participant)
    seat = mine.select_related("group").first()
    if seat is None:
        return
    group = lock(seat.group)
    # The place goes over before the person is erased: in a full group there is none for both, and
    # a group in which we know nobody any more is not one that nobody is in.
    Seat.objects.filter(pk=seat.pk).update(
        state=SeatState.ENDED, ended_at=now, end_reason=SeatEndReason.LEFT
    )
    SelfHelpGroup.objects.filter(pk=group.pk).update(unnamed_members=F("unnamed_members") + 1)
    erase(participant, now=now)
    if not group.activities.filter(what=GroupActivity.FORGOTTEN, at=now).exists():
        record(group, GroupActivity.FORGOTTEN, now=now)
