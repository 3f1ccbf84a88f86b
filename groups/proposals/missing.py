"""What is missing: groups that nearly can be, what they lack, and whom one question would help.

Counted on the database as it is now, and on the newest proposals as far as they still hold.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from centres.models import Centre
from centres.week import label
from groups import matching
from groups.domain.forming.match_runs import run_in_use, still_open
from groups.domain.forming.obstacles import obstacles
from groups.match_input import build_problem
from groups.models import Question
from groups.proposals.wording import REASONS, kind_in_words
from groups.states import Answer, askable
from participants.models import Participant, Registration, Theme

MOST_GROUPS = 8
FEWEST = 2  # one alone is nearly nothing yet
MOST_ASKED = 12
MOST_GAINS = 5
WORDS = dict(askable())


@dataclass(frozen=True)
class Askable:
    """Somebody who would make a group possible by one yes, and what they have said to it."""

    registration: Registration
    about: str
    question: Question | None  # the open one, or the one about this that was answered

    @property
    def words(self) -> str | Promise:
        return WORDS[self.about]

    @property
    def said_no(self) -> bool:
        return bool(self.question and self.question.answer == Answer.NO)

    @property
    def can_be_asked(self) -> bool:
        return self.question is None


@dataclass(frozen=True)
class NearlyThere:
    """A group that nearly can be: when, what it lacks, and how many would have a place."""

    when: str | Promise
    kind: str
    theme: str
    lacks: tuple[str, ...]
    places: int
    people: tuple[Registration, ...]
    lent: int  # people of other centres among those who fit
    askable: tuple[Askable, ...]


@dataclass(frozen=True)
class MissingPage:
    """All that the page of one centre shows."""

    waiting: int
    nearly: tuple[NearlyThere, ...]
    gains: tuple[str, ...]
    open_questions: tuple[Question, ...]

    @property
    def people(self) -> list[Registration]:
        """Everybody whom the page names."""
        fitting = [one for group in self.nearly for one in group.people]
        askable = [one.registration for group in self.nearly for one in group.askable]
        asked = [question.registration for question in self.open_questions]
        return [*fitting, *askable, *asked]


@dataclass(frozen=True)
class Help:
    """One change that would give a person a place, and whether they can be asked about it."""

    words: str
    askable: Askable | None


@dataclass(frozen=True)
class WhyPage:
    """Why one person has no place, and what would help."""

    is_proposed: bool
    reasons: tuple[str | Promise, ...]
    helps: tuple[Help, ...]


class Standing:
    """A centre as it stands now, with the proposals that still hold."""

    def __init__(self, centre: Centre, *, today: date) -> None:
        self.centre = centre
        self.problem = build_problem([centre], today=today)
        self.proposal = self._proposal(today)
        own = [person.id for person in self.problem.participants if person.centres]
        ids = [Participant.pk_of(reference) for reference in own]
        rows = Registration.objects.open().filter(participant__in=ids)
        asked = Prefetch("questions", Question.objects.order_by("-asked_at", "-pk"))
        self.registrations = {
            row.participant.reference: row
            for row in rows.select_related("participant").prefetch_related(asked)
        }
        self.themes = {theme.slug: str(theme) for theme in Theme.objects.all()}

    def _proposal(self, today: date) -> matching.Proposal:
        run = run_in_use([self.centre.pk])
        numbered = dict(still_open(run)) if run else {}
        broken = obstacles(run, numbered, today=today) if run and numbered else {}
        groups = tuple(group for number, group in numbered.items() if not broken[number])
        return matching.Proposal(groups, (), (), matching.Score(0, 0, 0))

    def page(self) -> MissingPage:
        nearly = matching.what_is_missing(self.problem, self.proposal, limit=MOST_GROUPS)
        gains = matching.what_more_would_place(self.problem, self.proposal, limit=MOST_GAINS)
        return MissingPage(
            waiting=len(self.registrations),
            nearly=tuple(self._nearly(group) for group in nearly if len(group.people) >= FEWEST),
            gains=tuple(_gain_in_words(gain) for gain in gains),
            open_questions=tuple(
                Question.objects.open()
                .filter(registration__participant__centre=self.centre)
                .select_related("registration__participant", "message")
                .order_by("asked_at", "pk")
            ),
        )

    def _nearly(self, group: matching.NearGroup) -> NearlyThere:
        people = [self.registrations.get(reference) for reference in group.people]
        return NearlyThere(
            when=label(group.key.slot),
            kind=kind_in_words(group.key),
            theme=self.themes.get(group.key.topic or "", ""),
            lacks=tuple(_lacks(group)),
            places=group.places,
            people=tuple(one for one in people if one),
            lent=people.count(None),
            askable=tuple(self._askable(group.questions))[:MOST_ASKED],
        )

    def _askable(self, questions: Sequence[matching.Question]) -> Iterator[Askable]:
        for question in questions:
            registration = self.registrations.get(question.participant)
            about = code_of(question)
            if registration is None or about is None:
                continue
            yield Askable(registration, about, asked_before(registration, about))

    def why(self, registration: Registration) -> WhyPage:
        """Why the person has no place. Nothing in it points at anybody else."""
        reference = registration.participant.reference
        found = {one.participant: one for one in matching.explain(self.problem, self.proposal)}
        known = found.get(reference)
        if known is None:
            return WhyPage(reference in self.registrations, (), ())
        changes = matching.possible_changes(self.problem, self.proposal, reference)
        return WhyPage(
            is_proposed=False,
            reasons=tuple(REASONS[reason] for reason in known.reasons),
            helps=tuple(self._help(change) for change in changes),
        )

    def _help(self, change: matching.Change) -> Help:
        about = next(self._askable([change.question]), None)
        return Help(_change_in_words(change, self.themes), about)


def code_of(question: matching.Question) -> str | None:
    """The code that a person can be asked by; None for what nobody is asked about."""
    field, value = question.field, question.value
    if field in ("topic", "age_band"):
        return {"topic": "theme:any", "age_band": "age:any"}[field] if value is None else None
    code = f"{field}:{value}"
    return code if code in WORDS else None


def asked_before(registration: Registration, about: str) -> Question | None:
    """What stands in the way of asking: an open question, or a no to the same."""
    for question in registration.questions.all():
        if question.is_open or (question.about == about and question.answer == Answer.NO):
            return question
    return None


def _lacks(group: matching.NearGroup) -> Iterator[str]:
    when = label(group.key.slot)
    if group.missing:
        yield ngettext("%(n)s more person", "%(n)s more people", group.missing) % {
            "n": group.missing
        }
    if group.needs_initiator:
        yield _("one more initiator on %(when)s") % {"when": when}
    if group.needs_venue and group.key.format == "digital":
        yield _("one more licence on %(when)s") % {"when": when}
    elif group.needs_venue:
        yield _("one more room on %(when)s") % {"when": when}


def _gain_in_words(gain: matching.Gain) -> str:
    texts = {
        "initiator": ngettext(
            "One more initiator on %(when)s would give %(n)s more person a place.",
            "One more initiator on %(when)s would give %(n)s more people a place.",
            gain.places,
        ),
        "room": ngettext(
            "One more room on %(when)s would give %(n)s more person a place.",
            "One more room on %(when)s would give %(n)s more people a place.",
            gain.places,
        ),
        "licence": ngettext(
            "One more licence on %(when)s would give %(n)s more person a place.",
            "One more licence on %(when)s would give %(n)s more people a place.",
            gain.places,
        ),
    }
    return texts[gain.resource] % {"when": label(gain.slot), "n": gain.places}


def _change_in_words(change: matching.Change, themes: dict[str, str]) -> str:
    field, value = change.question.field, change.question.value
    others = {"n": change.others}
    text = ngettext("%(n)s other", "%(n)s others", change.others) % others
    return f"{_wish_in_words(field, value, themes)}: {text}"


def _wish_in_words(field: str, value: str | None, themes: dict[str, str]) -> str:
    """What the person would have to be fine with, as staff may say it to them."""
    code = code_of(matching.Question("", field, value))
    if code is not None:
        return str(WORDS[code])
    if field == "topic":
        return _("A group about %(theme)s") % {"theme": themes.get(value or "", value)}
    return {
        "role": _("A group for both those concerned and next of kin"),
        "gender": _("Another mix of women and men"),
        "age_band": _("A group of another age"),
        "language": _("A group in another language"),
        "centre": _("A group at another centre"),
    }.get(field, _("Another kind of group"))
