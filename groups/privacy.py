"""What the centres keep of people in groups, and of those who help groups to start."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centres.privacy import AT_WORK
from groups.domain.lifecycle import forgetting
from groups.domain.waiting import silence
from groups.models import (
    Export,
    FollowUp,
    GroupLink,
    Initiator,
    MatchRun,
    PlanStep,
    Question,
    Seat,
    SelfHelpGroup,
    StatisticsSnapshot,
    Tally,
)
from groups.states import INITIATED, SeatActivity
from groups.statistics.tally import delete_initiator
from linkcenter.models import Activity
from linkcenter.periods import months, years
from linkcenter.personal_data.register import Matter, Rule, register, with_periods
from linkcenter.privacy import ACCOUNT
from participants.domain.erasure import erase
from participants.domain.retention import AFTER_LINK, AFTER_PLACING, forget_note
from participants.models import Participant, Talk
from participants.privacy import ABOUT, LINK, NOTE, PERSON, SILENT

HELPERS = _("Whoever helps groups to start")
AFTER_RUN = months(6)
AFTER_HELPING = years(1)


def old_runs(now: datetime) -> QuerySet[MatchRun]:
    """Proposals that nobody needs an explanation of any more."""
    return MatchRun.objects.filter(run_at__lte=now - AFTER_RUN)


def remove_run(run: MatchRun, now: datetime | None = None) -> None:
    """The run is gone. Groups that came of it stay, and no longer say that they did."""
    run.groups.update(match_run=None, proposal_number=None)
    run.delete()


def old_group_links(now: datetime) -> QuerySet[GroupLink]:
    """Links that have led nowhere for a month."""
    return GroupLink.objects.filter(expires_at__lte=now - AFTER_LINK)


def initiators_to_forget(now: datetime) -> QuerySet[Initiator]:
    """Those who stopped long ago. Nobody forgets them while a group still counts on them."""
    stopped = timezone.localdate(now - AFTER_HELPING)
    rows = Initiator.objects.filter(active=False, inactive_since__lte=stopped)
    return rows.exclude(groups__in=SelfHelpGroup.objects.filter(INITIATED))


def notes_of_placed(now: datetime) -> QuerySet[Talk]:
    """Notes from before somebody got their place in a group, which has served its time."""
    placed = Activity.objects.filter(
        registration=OuterRef("registration"),
        what=SeatActivity.PLACED,
        at__lte=now - AFTER_PLACING,
        at__gte=OuterRef("at"),
    )
    written = Talk.objects.alias(written=Length("note")).filter(written__gt=0)
    return written.filter(Exists(placed))


# What the lines about people and notes say in words, and only groups can tell.
register.add_rule(
    Rule(
        words=SILENT,
        code="people who do not answer",
        title=_("People who have not answered"),
        centre_path="centre",
        due=silence.people_to_forget,
        forget=lambda participant, now: erase(participant, now=now),
        all_rows=Participant.objects.all,
    )
)
register.add_rule(
    Rule(
        words=NOTE.words,
        code="notes of people with a place",
        title=_("Notes from talks with people who have a place"),
        centre_path="registration__participant__centre",
        due=notes_of_placed,
        forget=forget_note,
    )
)
register.add_rule(
    Rule(
        words=PERSON.words,
        code="members of groups that run themselves",
        title=_("Members of groups that run themselves"),
        centre_path="centre",
        due=forgetting.people_to_forget,
        forget=forgetting.forget,
        all_rows=Participant.objects.all,
    )
)


@register.when_erased
def remove_runs_with(participant: Participant) -> None:
    """No run of the matcher that the person was in is kept."""
    reference = [{"id": participant.reference}]
    for run in MatchRun.objects.filter(problem__participants__contains=reference):
        remove_run(run)


ASKED = Matter(
    about=ABOUT,
    what=_("Which groups you were asked about, what would suit you, what you answered, and when."),
    why=_("So that the group can start, and nobody is asked twice."),
    term=PERSON,
)
register.declare(
    Seat,
    *("group", "registration", "state", "proposed_at", "asked_at", "answer_by", "answered_at"),
    *("ended_at", "end_reason", "no_reason", "message", "reminded_at", "is_newcomer"),
    *("group_asked_at", "group_answer_by", "group_agreed_at"),
    matter=ASKED,
)
register.declare(
    Seat,
    *("shared_name", "shares_phone", "shared_at"),
    matter=Matter(
        about=ABOUT,
        what=_("What the others in the group may see of you, as you chose it."),
        why=_("So that you decide who knows what."),
        term=PERSON,
    ),
)
register.impersonal_fields(Seat, "id", "known_until")

register.declare(
    MatchRun,
    *("problem", "result"),
    matter=Matter(
        about=ABOUT,
        what=_("Which groups were proposed, with numbers in place of names."),
        why=_("So that the centre can explain why a group became as it is."),
        term=Rule(
            words=with_periods(
                _("{kept} after it was proposed, or until somebody in it is deleted."),
                kept=AFTER_RUN,
            ),
            code="proposals",
            title=_("Proposals of groups"),
            centre_path="centre",
            due=old_runs,
            forget=remove_run,
        ),
    ),
)
register.impersonal_fields(
    MatchRun,
    *("id", "centre", "centre_ids", "state", "start", "wait_weight", "run_at", "run_by"),
    *("finished_at", "tries", "done_steps", "all_steps", "failure", "in_use"),
)

register.declare(
    Question,
    *("registration", "about", "asked_at", "asked_by", "answer_by", "answered_at", "answer"),
    *("withdrawn_at", "message"),
    matter=ASKED,
)
register.impersonal_fields(Question, "id")

HELPER = Matter(
    about=HELPERS,
    what=_("Name, phone number, e-mail address, training, and when they can help."),
    why=_("So that the centre can find somebody for a group that starts."),
    term=Rule(
        words=with_periods(
            _("As long as they help, and at most {kept} after."), kept=AFTER_HELPING
        ),
        code="initiators",
        title=_("Those who have stopped helping groups"),
        centre_path="centre",
        due=initiators_to_forget,
        forget=lambda initiator, now: delete_initiator(initiator),
    ),
)
register.declare(
    Initiator,
    *("centre", "name", "phone", "email", "trained_on", "training", "agreement_on", "digital"),
    *("languages", "availability", "max_groups", "language", "active", "inactive_since"),
    matter=HELPER,
)
register.impersonal_fields(Initiator, "id")
register.declare(GroupLink, "initiator", "created_at", "used_at", matter=HELPER)
register.impersonal_fields(GroupLink, "id", "centre", "purpose", "group", "seed", "token_hash")
register.impersonal_fields(GroupLink, "expires_at", "superseded_at")
register.add_rule(
    Rule(
        words=LINK.words,
        code="links to groups",
        title=_("Links to groups"),
        centre_path="centre",
        due=old_group_links,
        forget=lambda link, now: link.delete(),
    )
)
register.declare(Export, "by", "role", matter=AT_WORK)
register.impersonal_fields(Export, "id", "centre", "at", "what", "reason", "columns", "rows")
register.declare(FollowUp, "owner", "done_by", matter=ACCOUNT)
register.impersonal_fields(
    FollowUp, "id", "group", "step", "what", "about", "due", "due_by_hand", "done_on"
)
register.impersonal_model(PlanStep, SelfHelpGroup, StatisticsSnapshot, Tally)
