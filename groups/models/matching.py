from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.states import UNDER_WAY, Answer, RunFailure, RunState, Start, WaitWeight, askable


class MatchRun(models.Model):
    """One run of the matcher: what it was given and what it proposed, kept as they were.

    Both hold references such as D-1042 and codes, never a name, so that a proposal can be
    explained a month later without keeping anybody's data. It is for the centres that
    ``centre_ids`` name, and only for staff who work at all of them; ``centre`` is the first.
    """

    centre = models.ForeignKey(
        "centres.Centre", models.PROTECT, related_name="match_runs", verbose_name=_("centre")
    )
    centre_ids = ArrayField(models.BigIntegerField(), verbose_name=_("centres"))
    state = models.CharField(_("state"), max_length=7, choices=RunState, default=RunState.QUEUED)
    start = models.CharField(_("start"), max_length=4, choices=Start, default=Start.KEEP)
    wait_weight = models.CharField(
        _("weight of the wait"), max_length=6, choices=WaitWeight, default=WaitWeight.SOME
    )
    run_at = models.DateTimeField(_("run"))
    run_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("run by"),
    )
    finished_at = models.DateTimeField(_("finished"), null=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    done_steps = models.PositiveIntegerField(_("done"), default=0)
    all_steps = models.PositiveIntegerField(_("of"), default=0)
    failure = models.CharField(_("why it stopped"), max_length=9, choices=RunFailure, blank=True)
    # Whether staff go on from these proposals. Those of a new start wait for a yes to it.
    in_use = models.BooleanField(_("in use"), default=False)
    problem = models.JSONField(_("input"), null=True)
    result = models.JSONField(_("result"), null=True)

    class Meta:
        verbose_name = _("proposals")
        verbose_name_plural = _("proposals")
        ordering = ["-run_at"]
        indexes = [models.Index(fields=["centre", "-run_at"], name="match_run_latest")]
        constraints = [
            models.UniqueConstraint(
                fields=["centre_ids"], condition=UNDER_WAY, name="match_run_one_under_way"
            ),
            models.CheckConstraint(
                condition=(UNDER_WAY & Q(finished_at__isnull=True))
                | (~UNDER_WAY & Q(finished_at__isnull=False)),
                name="match_run_finished",
            ),
            models.CheckConstraint(
                condition=~Q(state=RunState.DONE) | Q(problem__isnull=False, result__isnull=False),
                name="match_run_done_has_result",
            ),
            models.CheckConstraint(
                condition=Q(state=RunState.FAILED, failure__in=RunFailure.values)
                | (~Q(state=RunState.FAILED) & Q(failure="")),
                name="match_run_failed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(in_use=False) | Q(state=RunState.DONE), name="match_run_in_use_if_done"
            ),
            models.CheckConstraint(
                condition=Q(centre_ids__len__gte=1)
                & Q(state__in=RunState.values)
                & Q(start__in=Start.values)
                & Q(wait_weight__in=WaitWeight.values),
                name="match_run_choices_known",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Proposals %(number)s") % {"number": self.pk})

    @property
    def is_under_way(self) -> bool:
        return self.state in (RunState.QUEUED, RunState.RUNNING)


OPEN_QUESTION = Q(answered_at__isnull=True, withdrawn_at__isnull=True)


class QuestionQuerySet(models.QuerySet["Question"]):
    def open(self) -> "QuestionQuerySet":
        return self.filter(OPEN_QUESTION)


class Question(models.Model):
    """One thing asked of one person who waits: would this do as well, so that a group can start?

    Nobody has two at once.
    """

    registration = models.ForeignKey(
        "participants.Registration", models.CASCADE, related_name="questions"
    )
    about = models.CharField(_("about"), max_length=18, choices=askable)
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answer_by = models.DateField(_("answer by"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    answer = models.CharField(_("answer"), max_length=3, choices=Answer, blank=True)
    withdrawn_at = models.DateTimeField(_("taken back"), null=True)
    message = models.ForeignKey("linkcenter.Message", models.SET_NULL, null=True, related_name="+")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(
                fields=["registration"], condition=OPEN_QUESTION, name="question_one_open"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | Q(
                    answered_at__isnull=False,
                    withdrawn_at__isnull=True,
                    answer__in=Answer.values,
                ),
                name="question_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(about__in=[code for code, _words in askable()]),
                name="question_about_known",
            ),
        ]
        indexes = [models.Index(fields=["registration", "-asked_at"], name="question_latest")]

    def __str__(self) -> str:
        return f"Q-{self.pk or 0}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.withdrawn_at is None

    @property
    def what(self) -> str:
        """What kind of thing it is about: "slot", "kind", "format", "theme" or "age"."""
        return self.about.partition(":")[0]
