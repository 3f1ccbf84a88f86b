"""What staff see of a run of the matcher: each proposal with its reasons, and who has no place.

The run is kept as it was, in references and codes. Names come from the people who still are at the
centre, and whether a proposal still holds is asked of the database now.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from centres.models import Centre, Venue
from centres.week import PARTS, WEEKDAY_NAMES, WEEKDAYS, label
from groups import matching
from groups.match_input import initiator_pk, venue_pk, waiting_without_seat
from groups.matching.explain import GroupFacts, facts
from groups.matching.index import Index
from groups.models import Initiator, MatchRun, SelfHelpGroup
from groups.states import GroupGender, GroupRole, SettledFormat, SettledKind
from participants.models import Participant, Registration, Theme
from participants.states import SpokenLanguage

REASONS = {
    "not_available": gettext_lazy("No times when they can meet are written down."),
    "needs_not_met": gettext_lazy("No room or licence meets their practical needs."),
    "too_few_compatible": gettext_lazy("Too few others who want the same can meet at a time."),
    "no_venue": gettext_lazy("There are enough people, but no room or licence is free."),
    "no_initiator": gettext_lazy("There are enough people, but no initiator is free."),
    "keep_apart": gettext_lazy("Two who would be needed must not be in the same group."),
    "placed_elsewhere": gettext_lazy("Those who fit are in other proposals."),
}


@dataclass(frozen=True)
class Member:
    """A person in a proposal. ``pk`` is that of the registration; None once they have left."""

    reference: str
    pk: int | None
    first_name: str
    age: int | None
    days_waited: int


@dataclass(frozen=True)
class WeekRow:
    """A day of the week: how many can meet in each part of it, and how strong the colour is."""

    day: str
    cells: tuple[tuple[int, int], ...]  # how many, and 0 to 4


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
    week: tuple[WeekRow, ...]
    group: SelfHelpGroup | None  # that it has become
    is_outdated: bool


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
    cards: tuple[Card, ...]
    not_placed: tuple[NotPlaced, ...]


def run_page(run: MatchRun) -> RunPage:
    """The run in words. A constant number of queries, however many proposals it holds."""
    problem = matching.problem_from_dict(run.problem)
    proposal = matching.proposal_from_dict(run.result)
    reader = _Reader(run, problem, proposal)
    return RunPage(
        summary=_summary(problem, proposal),
        cards=tuple(reader.cards()),
        not_placed=tuple(reader.not_placed()),
    )


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


class _Reader:
    """Looks everything up once that the cards of a run name."""

    def __init__(
        self, run: MatchRun, problem: matching.Problem, proposal: matching.Proposal
    ) -> None:
        self.centre: Centre = run.centre
        self.proposal = proposal
        self.problem = problem
        self.index = Index(problem, matching.Objective())
        self.people = {person.id: person for person in problem.participants}
        self.registrations = _registrations(self.centre, self.people)
        today = timezone.localdate()
        self.free = {row.pk for row in waiting_without_seat(self.centre, today=today)}
        self.accepted = {group.proposal_number: group for group in run.groups.all()}
        self.venues = Venue.objects.in_bulk({venue_pk(group.venue) for group in proposal.groups})
        self.initiators = Initiator.objects.in_bulk(
            {initiator_pk(group.initiator) for group in proposal.groups}
        )
        self.themes = {theme.slug: str(theme) for theme in Theme.objects.all()}

    def cards(self) -> Iterator[Card]:
        for number, group in enumerate(self.proposal.groups):
            members = tuple(self.member(reference) for reference in group.members)
            known = facts(self.index, self.proposal, group)
            yield Card(
                number=number,
                members=members,
                when=str(label(group.key.slot)),
                kind=self.kind(group.key),
                where=self.where(group.venue),
                initiator=self.initiator(group.initiator),
                reasons=tuple(self.reasons(group.key, known)),
                warnings=tuple(self.warnings(known)),
                week=week_rows(dict(known.could_meet), most=known.size),
                group=self.accepted.get(number),
                is_outdated=self.is_outdated(group, members),
            )

    def is_outdated(self, group: matching.Group, members: Sequence[Member]) -> bool:
        """Whether somebody has found a place or left since, or room or initiator are gone."""
        return (
            venue_pk(group.venue) not in self.venues
            or initiator_pk(group.initiator) not in self.initiators
            or any(member.pk not in self.free for member in members)
        )

    def member(self, reference: str) -> Member:
        person = self.people[reference]
        registration = self.registrations.get(reference)
        return Member(
            reference=reference,
            pk=registration.pk if registration else None,
            first_name=registration.participant.first_name if registration else "",
            age=person.age,
            days_waited=(self.problem.as_of - person.waiting_since).days,
        )

    def kind(self, key: matching.GroupKey) -> str:
        """The kind of group in a few words: what, for whom, how, in which language."""
        parts = [str(SettledKind(key.kind).label), str(SettledFormat(key.format).label)]
        if key.role != GroupRole.OWN:
            parts.append(str(GroupRole(key.role).label))
        if key.gender != GroupGender.MIXED:
            parts.append(str(GroupGender(key.gender).label))
        if key.age_band:
            parts.append(_("%(band)s years") % {"band": key.age_band.replace("-", "–")})
        if key.language != SpokenLanguage.NORWEGIAN:
            parts.append(str(SpokenLanguage(key.language).label))
        return " · ".join(parts)

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


def _registrations(centre: Centre, references: Collection[str]) -> dict[str, Registration]:
    """The newest registration of each person who still is at the centre, by their reference."""
    ids = [Participant.pk_of(reference) for reference in references]
    rows = Registration.objects.filter(participant__centre=centre, participant__in=ids)
    by_age = rows.select_related("participant").order_by("registered_at", "pk")
    return {row.participant.reference: row for row in by_age}


def week_rows(counts: Mapping[str, int], *, most: int) -> tuple[WeekRow, ...]:
    """The week with a number in each cell: how many of ``most`` can meet then."""
    return tuple(
        WeekRow(
            day=str(name).capitalize(),
            cells=tuple(
                (number := counts.get(f"{weekday}-{part}", 0), _level(number, most))
                for part in PARTS
            ),
        )
        for weekday, name in zip(WEEKDAYS, WEEKDAY_NAMES, strict=True)
    )


def _level(number: int, most: int) -> int:
    """0 for nobody, 4 for everybody, and the thirds between."""
    if number == 0 or most == 0:
        return 0
    return 4 if number >= most else 1 + min(2, 3 * number // most)
