"""None"""

from datetime import date

from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.models import Slot
from groups.states import (
    MEETS,
    STARTED_OR_TO_START,
    BrokenBecause,
    BrokenRule,
    GroupEndReason,
    GroupGender,
    GroupRole,
    GroupState,
    Newcomers,
    SeatState,
    SettledFormat,
    SettledKind,
)
from participants.states import SpokenLanguage


class GroupQuerySet(models.QuerySet["SelfHelpGroup"]):
    def alive(self) -> "GroupQuerySet":
        return self.exclude(state=GroupState.ENDED)

    def with_seat_counts(self) -> "GroupQuerySet":
        """Adds ``asked_count``, ``yes_count``, ``live_count`` and ``people_count``.

        The last counts those whom the centre does not know, or no longer, too.
        """
        live = Count("seats", filter=~Q(seats__state=SeatState.ENDED))
        return self.annotate(
            asked_count=Count("seats", filter=Q(seats__state=SeatState.ASKED)),
            yes_count=Count("seats", filter=Q(seats__state=SeatState.YES)),
            live_count=live,
            people_count=live + F("unnamed_members"),
        )

    def with_room(self) -> "GroupQuerySet":
        """Those with a place that nobody has, is asked about or is proposed for."""
        live = Count("seats", filter=~Q(seats__state=SeatState.ENDED))
        counted = self.model.objects.filter(pk=OuterRef("pk")).annotate(live=live)
        taken = Subquery(counted.values("live"))
        return self.alias(taken=taken).filter(taken__lt=F("max_size") - F("unnamed_members"))

    def take_newcomers(self, today: date) -> "GroupQuerySet":
        """Those that meet and have said that they have room: people may be proposed for them.

        A group that wants to be asked first gets nobody but whom staff offer a place themselves.
        """
        pause = Q(paused_from__lte=today, paused_until__gt=today)
        willing = self.filter(
            MEETS, newcomers=Newcomers.YES, contact__isnull=False, slot__isnull=False
        )
        return willing.exclude(pause).with_room()


class SelfHelpGroup(models.Model):
    """Four to eight people who meet each week, from the day staff put them together."""

    centre = models.ForeignKey(
        "centres.Centre", models.PROTECT, related_name="groups", verbose_name=_("centre")
    )
    name = models.CharField(
        _("name"), max_length=60, help_text=_("Neutral: it never tells what the group is about.")
    )
    kind = models.CharField(_("kind"), max_length=9, choices=SettledKind)
    theme = models.ForeignKey(
        "participants.Theme",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="groups",
        verbose_name=_("theme"),
        help_text=_("Empty for a mixed group."),
    )
    role = models.CharField(_("for whom"), max_length=5, choices=GroupRole, default=GroupRole.OWN)
    gender = models.CharField(
        _("who"), max_length=5, choices=GroupGender, default=GroupGender.MIXED
    )
    format = models.CharField(_("how to meet"), max_length=8, choices=SettledFormat)
    language = models.CharField(
        _("language"), max_length=2, choices=SpokenLanguage, default=SpokenLanguage.NORWEGIAN
    )
    state = models.CharField(
        _("state"), max_length=8, choices=GroupState, default=GroupState.FORMING, editable=False
    )
    slot = models.OneToOneField(
        "centres.Slot",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="group",
        verbose_name=_("weekly time"),
    )
    first_date = models.DateField(_("first meeting"), null=True, blank=True)
    min_size = models.PositiveSmallIntegerField(_("at least"))
    max_size = models.PositiveSmallIntegerField(_("at most"))
    newcomers = models.CharField(
        _("newcomers"), max_length=3, choices=Newcomers, default=Newcomers.NO
    )
    initiators = models.ManyToManyField(
        "groups.Initiator", blank=True, related_name="groups", verbose_name=_("initiators")
    )
    confidentiality_signed_on = models.DateField(
        _("confidentiality form signed"), null=True, blank=True
    )
    started_on = models.DateField(_("start meeting held"), null=True, blank=True)
    handed_over_on = models.DateField(_("handed over"), null=True, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    end_reason = models.CharField(
        _("why it ended"), max_length=11, choices=GroupEndReason, blank=True
    )
    contact = models.ForeignKey(
        "groups.Seat",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("contact"),
        help_text=_("The member whom the centre talks with once the group runs itself."),
    )
    # Members whom the centre no longer keeps anything about. They hold their places all the same.
    unnamed_members = models.PositiveSmallIntegerField(_("members not on our list"), default=0)
    paused_from = models.DateField(_("break from"), null=True, blank=True)
    paused_until = models.DateField(_("meets again from"), null=True, blank=True)
    still_asked_on = models.DateField(_("asked if the time is in use"), null=True, blank=True)
    still_used_on = models.DateField(_("said that the time is in use"), null=True, blank=True)
    previous_group = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="next_groups",
        verbose_name=_("group before it"),
    )
    broken_rules = ArrayField(
        models.CharField(max_length=8, choices=BrokenRule),
        default=list,
        blank=True,
        verbose_name=_("rules broken on purpose"),
    )
    broken_because = models.CharField(
        _("why they were broken"), max_length=11, choices=BrokenBecause, blank=True
    )
    match_run = models.ForeignKey(
        "groups.MatchRun", models.PROTECT, null=True, blank=True, related_name="groups"
    )
    proposal_number = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(_("formed"), default=timezone.now)

    activities = GenericRelation(
        "linkcenter.Activity", "subject_id", "subject_type", related_query_name="group"
    )

    # What a page has shown of it, for ``groups.domain.changed_meanwhile`` to compare.
    as_seen: str = ""

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints = [
            models.CheckConstraint(
                condition=Q(min_size__gte=2, min_size__lte=F("max_size"), max_size__lte=12),
                name="group_sizes",
            ),
            models.CheckConstraint(
                condition=~STARTED_OR_TO_START | Q(slot__isnull=False, first_date__isnull=False),
                name="group_settled_has_slot",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=GroupState.ENDED,
                    slot__isnull=True,
                    ended_on__isnull=False,
                    end_reason__in=GroupEndReason.values,
                )
                | (~Q(state=GroupState.ENDED) & Q(ended_on__isnull=True, end_reason="")),
                name="group_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=GroupState.SELF_RUN) | Q(handed_over_on__isnull=False),
                name="group_self_run_handed_over",
            ),
            models.CheckConstraint(
                condition=Q(state__in=GroupState.values)
                & Q(kind__in=SettledKind.values)
                & Q(format__in=SettledFormat.values)
                & Q(role__in=GroupRole.values)
                & Q(gender__in=GroupGender.values)
                & Q(language__in=SpokenLanguage.values)
                & Q(newcomers__in=Newcomers.values),
                name="group_choices_known",
            ),
            models.CheckConstraint(
                condition=Q(paused_from__isnull=True, paused_until__isnull=True)
                | Q(
                    state__in=[GroupState.SETTLED, GroupState.SELF_RUN],
                    paused_from__isnull=False,
                    paused_until__isnull=False,
                    paused_until__gt=F("paused_from"),
                ),
                name="group_break_whole",
            ),
            models.CheckConstraint(
                condition=Q(broken_rules=[], broken_because="")
                | Q(
                    broken_rules__len__gte=1,
                    broken_rules__contained_by=BrokenRule.values,
                    broken_because__in=BrokenBecause.values,
                ),
                name="group_rules_broken_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(unnamed_members=0)
                | Q(state__in=[GroupState.SELF_RUN, GroupState.ENDED]),
                name="group_unnamed_runs_itself",
            ),
            models.UniqueConstraint(
                fields=["match_run", "proposal_number"], name="group_proposal_accepted_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_forming(self) -> bool:
        return self.state == GroupState.FORMING

    @property
    def places(self) -> int:
        """How many seats it can have: those whom the centre has forgotten hold theirs."""
        return self.max_size - self.unnamed_members

    @property
    def planned_slot(self) -> Slot | None:
        """Its time, or the one that it gets from the group before it."""
        if self.slot is None and self.is_forming and self.previous_group is not None:
            return self.previous_group.slot
        return self.slot

    def is_paused(self, today: date) -> bool:
        return (
            self.paused_from is not None
            and self.paused_until is not None
            and self.paused_from <= today < self.paused_until
        )

    def is_starting(self, today: date) -> bool:
        """Settled, and the first date has come."""
        return (
            self.state == GroupState.SETTLED
            and self.first_date is not None
            and self.first_date <= today
        )
