from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, Q
from django.utils.translation import gettext_lazy as _

from groups.states import CountedIn, FollowUpKind, Trouble
from linkcenter.models import User


class PlanStep(models.Model):
    """One step of what a centre does with each of its groups, such as a visit after three meetings.

    Source: the practice of the centres, from one to five own meetings and six weeks on.
    """

    centre = models.ForeignKey(
        "centres.Centre", models.CASCADE, related_name="plan_steps", verbose_name=_("centre")
    )
    what = models.CharField(_("what"), max_length=15, choices=FollowUpKind)
    number = models.PositiveSmallIntegerField(_("after how many"))
    counted_in = models.CharField(_("of what"), max_length=8, choices=CountedIn)

    class Meta:
        verbose_name = _("step of the follow-up plan")
        verbose_name_plural = _("steps of the follow-up plan")
        ordering = ["centre", "counted_in", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "what", "number", "counted_in"],
                name="plan_step_once",
                violation_error_message=_("This step is in the plan already."),
            ),
            models.CheckConstraint(
                condition=Q(number__lte=104)
                & Q(what__in=FollowUpKind.values)
                & Q(counted_in__in=CountedIn.values),
                name="plan_step_choices_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.number} {self.get_counted_in_display()}"


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def open(self) -> "FollowUpQuerySet":
        return self.filter(done_on__isnull=True)

    def due(self, today: date) -> "FollowUpQuerySet":
        return self.open().filter(due__lte=today)

    def to_ring(self) -> "FollowUpQuerySet":
        return self.open().filter(what=FollowUpKind.RING)

    def of(self, user: User) -> "FollowUpQuerySet":
        """Adds ``is_mine``: whether ``user`` is the one who does it."""
        return self.annotate(
            is_mine=ExpressionWrapper(Q(owner=user, owner__isnull=False), models.BooleanField()),
        )


class FollowUp(models.Model):
    """Something to do for a group on a day: what, who, done. Never what was said."""

    group = models.ForeignKey(
        "groups.SelfHelpGroup",
        models.CASCADE,
        related_name="follow_ups",
        verbose_name=_("group"),
    )
    step = models.ForeignKey(
        PlanStep, models.SET_NULL, null=True, blank=True, related_name="follow_ups"
    )
    what = models.CharField(_("what"), max_length=15, choices=FollowUpKind)
    about = models.CharField(_("about"), max_length=8, choices=Trouble, blank=True)
    due = models.DateField(_("due"))
    # A day that staff have set stays where they set it when the group's dates move.
    due_by_hand = models.BooleanField(_("day set by hand"), default=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who does it"),
    )
    done_on = models.DateField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("done by"),
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "step"],
                condition=Q(step__isnull=False),
                name="follow_up_step_once",
            ),
            models.CheckConstraint(
                condition=Q(what__in=FollowUpKind.values) & Q(about__in=["", *Trouble.values]),
                name="follow_up_choices_known",
            ),
            models.CheckConstraint(
                condition=Q(done_by__isnull=True) | Q(done_on__isnull=False),
                name="follow_up_done_by_if_done",
            ),
        ]
        indexes = [models.Index(fields=["done_on", "due"], name="follow_up_to_do")]

    def __str__(self) -> str:
        return self.get_what_display()
