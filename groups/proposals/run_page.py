"""What staff see of a run of the matcher: each proposal with its reasons, and who has no place.

The run is kept as it was, in references and codes. Names come from the people who still are at the
centre, and whether a proposal still holds is asked of the database now.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from centres.models import Centre, Venue
from centres.week import label
from groups import matching
from groups.domain.forming.match_runs import centres_of_run, moved
from groups.domain.forming.obstacles import Obstacle, obstacles
from groups.domain.running.newcomers import may_be_offered
from groups.match_input import can_be_placed, initiator_pk, venue_pk
from groups.matching.explaining.facts import GroupFacts, facts
from groups.matching.index import Index
from groups.models import Initiator, MatchRun, SelfHelpGroup
from groups.proposals.wording import REASONS, WeekRow, kind_in_words, week_rows
from groups.states import WaitWeight
from participants.models import Participant, Registration, Theme

MOST_OTHERS = 12


@dataclass(frozen=True)
class Member:
    """A person in a proposal.

    ``pk`` is that of the registration; None once they have left, and for somebody of another
    centre (``is_lent``), of whom there is the reference alone.
    """

    reference: str
    pk: int | None
    first_name: str
    age: int | None
    days_waited: int
    is_lent: bool


@dataclass(frozen=True)
class Card:
    """One proposed group, as staff decide on it."""

    number: int
    members: tuple[Member, ...]
    when: str
    kind: str
    where: str
    initiator: str
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]
    weighed: tuple[str, ...]
    others: tuple[Member, ...]  # who wait and fit, the longest wait first
    week: tuple[WeekRow, ...]
    group: SelfHelpGroup | None  # that it has become
    no_longer: tuple[str, ...]  # why it is not true any more

    @property
    def is_outdated(self) -> bool:
        return bool(self.no_longer)

    @property
    def people(self) -> list[Member]:
        return [*self.members, *self.others]


@dataclass(frozen=True)
class Joining:
    """Somebody who fits into a group that is being formed already, or that meets and has room.

    ``unnamed`` is how many in it nobody can be kept apart from: the centre no longer knows them.
    """

    person: Member
    group: SelfHelpGroup | None
    is_outdated: bool

    @property
    def unnamed(self) -> int:
        return self.group.unnamed_members if self.group else 0


@dataclass(frozen=True)
class NotPlaced:
    """Somebody who waits on: why, and what would change it."""

    person: Member
    reasons: tuple[str, ...]
    nearest: str


@dataclass(frozen=True)
class RunPage:
    """All that one run's page shows."""

    summary: str
    moves: str  # how many the new start would move; empty if none
    cards: tuple[Card, ...]
    joining: tuple[Joining, ...]
    not_placed: tuple[NotPlaced, ...]

    @property
    def people(self) -> list[Member]:
        """Everybody whom the page names."""
        in_proposals = [member for card in self.cards for member in card.people]
        joining = [one.person for one in self.joining]
        return [*in_proposals, *joining, *(one.person for one in self.not_placed)]


def run_page(run: MatchRun) -> RunPage | None:
    """The run in words. A constant number of queries, however many proposals it holds.

    None before the first answer, and of a run that came to nothing.
    """
    if run.problem is None or run.result is None:
        return None
    problem = matching.problem_from_dict(run.problem)
    proposal = matching.proposal_from_dict(run.result)
    reader = ProposalReader(run, problem, proposal)
    return RunPage(
        summary=_summary(problem, proposal),
        moves=_moves(proposal),
        cards=tuple(reader.cards()),
        joining=tuple(reader.joining()),
        not_placed=tuple(reader.not_placed()),
    )


def card_of(run: MatchRun, number: int) -> Card:
    """One proposal of the run, with everybody else who fits by name."""
    problem = matching.problem_from_dict(run.problem or {})
    proposal = matching.proposal_from_dict(run.result or {})
    return next(ProposalReader(run, problem, proposal).cards(only=number))


def _moves(proposal: matching.Proposal) -> str:
    moves = moved(proposal)
    if not moves:
        return ""
    return ngettext(
        "%(n)s of the %(all)s people who were in the earlier proposals"
        " would be in another group, or in none.",
        "%(n)s of the %(all)s people who were in the earlier proposals"
        " would be in another group, or in none.",
        moves,
    ) % {"n": moves, "all": proposal.score.previous_members}


def _summary(problem: matching.Problem, proposal: matching.Proposal) -> str:
    waiting, placed = len(problem.participants), proposal.score.placed
    text = _(
        "%(placed)s of %(waiting)s who wait can have a place, with these rooms and initiators."
    ) % {"placed": placed, "waiting": waiting}
    bound = proposal.bound
    if bound and bound.value > placed:
        text += " " + _("More than %(most)s cannot be placed in any way.") % {"most": bound.value}
    elif waiting > placed:
        text += " " + _("No other way of grouping places more.")
    return text


class ProposalReader:
    """Looks everything up once that the cards of a run name."""

    def __init__(
        self, run: MatchRun, problem: matching.Problem, proposal: matching.Proposal
    ) -> None:
        self.centre: Centre = run.centre
        self.run = run
        self.proposal = proposal
        self.problem = problem
        self.index = Index(problem, matching.Objective())
        self.people = {person.id: person for person in problem.participants}
        own = [person.id for person in problem.participants if person.centres]
        self.registrations = registrations_of(run.centre_ids, own)
        self.accepted = {group.proposal_number: group for group in run.groups.all()}
        self.venues = Venue.objects.in_bulk({venue_pk(group.venue) for group in proposal.groups})
        self.initiators = Initiator.objects.in_bulk(
            {initiator_pk(group.initiator) for group in proposal.groups}
        )
        self.themes = {theme.slug: str(theme) for theme in Theme.objects.all()}

    def cards(self, *, only: int | None = None) -> Iterator[Card]:
        numbered = {
            number: group
            for number, group in enumerate(self.proposal.groups)
            if only in (None, number)
        }
        open_ones = {n: group for n, group in numbered.items() if n not in self.accepted}
        found = obstacles(self.run, open_ones, today=timezone.localdate())
        for number, group in numbered.items():
            members = tuple(self.member(reference) for reference in group.members)
            known = facts(self.index, self.proposal, group)
            yield Card(
                number=number,
                members=members,
                when=str(label(group.key.slot)),
                kind=kind_in_words(group.key),
                where=self.where(group.venue),
                initiator=self.initiator(group.initiator),
                reasons=tuple(self.reasons(group.key, known)),
                warnings=tuple(self.warnings(known)),
                weighed=tuple(self.weighed(known)),
                others=tuple(self.member(reference) for reference in known.others[:MOST_OTHERS]),
                week=week_rows(dict(known.could_meet), most=known.size),
                group=self.accepted.get(number),
                no_longer=tuple(_words(obstacle) for obstacle in found.get(number, [])),
            )

    def joining(self) -> Iterator[Joining]:
        """Who would come into a group that is there already, and whether there is still room."""
        joins = self.proposal.joins
        if not joins:
            return
        ids = {int(join.group.removeprefix("g")) for join in joins}
        counted: Any = SelfHelpGroup.objects.filter(centre__in=self.run.centre_ids)
        groups = counted.with_seat_counts().in_bulk(ids)
        free = set(
            can_be_placed(centres_of_run(self.run), today=timezone.localdate())
            .filter(participant__in=[Participant.pk_of(join.participant) for join in joins])
            .values_list("pk", flat=True)
        )
        for join in joins:
            group = groups.get(int(join.group.removeprefix("g")))
            person = self.member(join.participant)
            yield Joining(person, group, not _has_room(group) or person.pk not in free)

    def member(self, reference: str) -> Member:
        person = self.people[reference]
        registration = self.registrations.get(reference)
        return Member(
            reference=reference,
            pk=registration.pk if registration else None,
            first_name=registration.participant.first_name if registration else "",
            age=person.age,
            days_waited=(self.problem.as_of - person.waiting_since).days,
            is_lent=not person.centres,
        )

    def where(self, venue_id: str) -> str:
        venue = self.venues.get(venue_pk(venue_id))
        return str(venue) if venue else _("a room that is no longer there")

    def initiator(self, initiator_id: str) -> str:
        initiator = self.initiators.get(initiator_pk(initiator_id))
        return initiator.name if initiator else _("an initiator who is no longer here")

    def reasons(self, key: matching.GroupKey, known: GroupFacts) -> Iterator[str]:
        yield _("All %(size)s can meet on %(when)s.") % {
            "size": known.size,
            "when": label(key.slot),
        }
        also = [str(label(slot)) for slot in known.shared_slots if slot != key.slot]
        if also:
            yield _("All could also meet on %(times)s.") % {"times": ", ".join(also)}
        if known.others:
            yield ngettext(
                "%(n)s other who waits fits, too: %(who)s.",
                "%(n)s others who wait fit, too: %(who)s.",
                len(known.others),
            ) % {"n": len(known.others), "who": ", ".join(known.others[:5])}
        if key.topic is None:
            yield _("Mixed: no theme. All of them are fine with that.")
        else:
            yield _("Theme: %(theme)s. All of them chose it.") % {
                "theme": self.themes.get(key.topic, key.topic)
            }
        yield ngettext(
            "The longest wait is %(n)s day.", "The longest wait is %(n)s days.", known.longest_wait
        ) % {"n": known.longest_wait}
        if known.age_spread is not None and known.age_spread <= self.centre.age_span:
            yield _("Ages %(from)s to %(to)s.") % {"from": known.youngest, "to": known.oldest}

    def weighed(self, known: GroupFacts) -> Iterator[str]:
        """What spoke for this group, beside that everybody in it can come."""
        yield _("%(n)s who wait want the same at this time, those in the group counted.") % {
            "n": known.matching
        }
        yield _("On average they have waited %(days)s days.") % {"days": round(known.mean_wait)}
        yield str(WaitWeight(self.run.wait_weight).label)
        if known.first_choice:
            yield ngettext(
                "The theme is the first choice of %(n)s of them.",
                "The theme is the first choice of %(n)s of them.",
                known.first_choice,
            ) % {"n": known.first_choice}

    def warnings(self, known: GroupFacts) -> Iterator[str]:
        if known.age_spread is not None and known.age_spread > self.centre.age_span:
            yield _(
                "Ages %(from)s to %(to)s: %(spread)s years between them."
                " The centre would like at most %(span)s."
            ) % {
                "from": known.youngest,
                "to": known.oldest,
                "spread": known.age_spread,
                "span": self.centre.age_span,
            }

    def not_placed(self) -> Iterator[NotPlaced]:
        for explanation in self.proposal.unplaced:
            yield NotPlaced(
                person=self.member(explanation.participant),
                reasons=tuple(str(REASONS[reason]) for reason in explanation.reasons),
                nearest=self.nearest(explanation.near_misses),
            )

    def nearest(self, misses: Sequence[matching.NearMiss]) -> str:
        """What would give the person a place: the group that lacks fewest."""
        lacking = [miss for miss in misses if miss.missing > 0]
        if not lacking:
            return ""
        miss = min(lacking, key=lambda one: one.missing)
        theme = self.themes.get(miss.key.topic or "", "")
        text = ngettext(
            "Needs %(n)s more on %(when)s", "Needs %(n)s more on %(when)s", miss.missing
        ) % {"n": miss.missing, "when": label(miss.key.slot)}
        return f"{text} ({theme})." if theme else f"{text}."


def _has_room(group: Any) -> bool:
    """Whether the group, with its seats counted, is still one that people may come into."""
    if group is None or group.live_count >= group.places:
        return False
    return group.is_forming or may_be_offered(group, today=timezone.localdate())


def _words(obstacle: Obstacle) -> str:
    if obstacle.reference:
        return f"{obstacle.reference} {obstacle.words}."
    return str(obstacle.words)


def registrations_of(
    centre_ids: Collection[int], references: Collection[str]
) -> dict[str, Registration]:
    """The newest registration of each person who still is at the centres, by their reference."""
    ids = [Participant.pk_of(reference) for reference in references]
    rows = Registration.objects.filter(participant__centre__in=centre_ids, participant__in=ids)
    by_age = rows.select_related("participant").order_by("registered_at", "pk")
    return {row.participant.reference: row for row in by_age}
