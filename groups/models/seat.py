from datetime import date

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.models.group import SelfHelpGroup
from groups.states import LIVE, NoReason, SeatEndReason, SeatState
from linkcenter.encryption import EncryptedTextField

# Whether the group is settled is for whoever asks to see to.
MEMBER = Q(state=SeatState.YES) & (Q(is_newcomer=False) | Q(group_agreed_at__isnull=False))


GROUP_HAS_NOT_AGREED = Q(is_newcomer=True, group_agreed_at__isnull=True)


class SeatQuerySet(models.QuerySet["Seat"]):
    def live(self) -> "SeatQuerySet":
        return self.filter(LIVE)

    def asked(self) -> "SeatQuerySet":
        return self.filter(state=SeatState.ASKED)

    def yes(self) -> "SeatQuerySet":
        return self.filter(state=SeatState.YES)

    def members(self) -> "SeatQuerySet":
        """Those who have a place in a settled or running group, newcomers once it took them in."""
        return self.filter(MEMBER)

    def newcomers_to_come(self) -> "SeatQuerySet":
        """Those on their way into a group that meets, which has not said yes to them."""
        return self.filter(GROUP_HAS_NOT_AGREED)

    def waiting_for_group(self) -> "SeatQuerySet":
        """Those of them who have said yes themselves."""
        return self.yes().newcomers_to_come()

    def unanswered_after(self, day: date) -> "SeatQuerySet":
        """Asked, and the date to answer by has passed."""
        return self.asked().filter(answer_by__lt=day)


class Seat(models.Model):
    """A registration's place in a group, from the proposal to the end.

    The database holds two rules whatever path writes: a registration has one live seat, and a
    group has no more live seats than its ``max_size``.
    """

    group = models.ForeignKey(SelfHelpGroup, models.CASCADE, related_name="seats")
    registration = models.ForeignKey(
        "participants.Registration", models.CASCADE, related_name="seats"
    )
    state = models.CharField(
        _("state"), max_length=8, choices=SeatState, default=SeatState.PROPOSED
    )
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    # A newcomer was asked to join a group that runs already, which has its say, too.
    is_newcomer = models.BooleanField(_("newcomer"), default=False)
    group_asked_at = models.DateTimeField(_("group asked"), null=True, blank=True)
    group_answer_by = models.DateField(_("group answers by"), null=True, blank=True)
    group_agreed_at = models.DateTimeField(_("group agreed"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    end_reason = models.CharField(_("why ended"), max_length=10, choices=SeatEndReason, blank=True)
    no_reason = models.CharField(_("why no"), max_length=7, choices=NoReason, blank=True)
    shared_name = EncryptedTextField(
        _("name to show the others"), blank=True, validators=[MaxLengthValidator(40)]
    )
    shared_at = models.DateTimeField(_("chose what to share"), null=True, blank=True)
    shares_phone = models.BooleanField(_("shares the phone number"), default=False)
    # Set when the person is told that the group runs itself. The contact is known beyond it.
    known_until = models.DateField(_("known to us until"), null=True, blank=True)
    message = models.ForeignKey(
        "linkcenter.Message", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.UniqueConstraint(
                fields=["registration"], condition=LIVE, name="seat_one_live_a_registration"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=SeatState.ENDED,
                    ended_at__isnull=False,
                    end_reason__in=SeatEndReason.values,
                )
                | (LIVE & Q(ended_at__isnull=True, end_reason="")),
                name="seat_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[SeatState.PROPOSED, SeatState.ENDED])
                | Q(asked_at__isnull=False, answer_by__isnull=False),
                name="seat_asked_has_answer_by",
            ),
            models.CheckConstraint(
                condition=~Q(state=SeatState.YES) | Q(answered_at__isnull=False),
                name="seat_yes_is_answered",
            ),
            models.CheckConstraint(
                condition=Q(group_asked_at__isnull=True, group_answer_by__isnull=True)
                & Q(group_agreed_at__isnull=True)
                | Q(is_newcomer=True, group_asked_at__isnull=False, group_answer_by__isnull=False),
                name="seat_group_asked_of_newcomer",
            ),
            models.CheckConstraint(
                condition=Q(shared_at__isnull=False) | Q(shares_phone=False),
                name="seat_shares_by_choice",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SeatState.values) & Q(no_reason__in=["", *NoReason.values]),
                name="seat_choices_known",
            ),
        ]
        indexes = [models.Index(fields=["group", "state"], name="seat_of_group")]

    def __str__(self) -> str:
        return f"{self.registration} – {self.group}"

    @property
    def is_live(self) -> bool:
        return self.state != SeatState.ENDED

    @property
    def is_member(self) -> bool:
        """As ``SeatQuerySet.members``."""
        return self.state == SeatState.YES and not self.waits_for_group

    @property
    def waits_for_group(self) -> bool:
        """A newcomer who has said yes, and the group has not yet."""
        return self.state == SeatState.YES and self.is_newcomer and self.group_agreed_at is None
