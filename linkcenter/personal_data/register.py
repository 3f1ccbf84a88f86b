"""The register of personal data: what is stored about whom, why, and for how long.

Each app declares its models' fields in its ``privacy.py``. The privacy page, the nightly job that
forgets and the tests read the same table, so that none of them can say something else than is done.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.text import format_lazy

from linkcenter.periods import Period

Rows = models.QuerySet[Any]


def with_periods(words: Any, **periods: Period) -> Promise:
    """``words``, translated later, with the very periods in it that the rule counts with."""
    return format_lazy(words, **periods)


@dataclass(frozen=True)
class Term:
    """How long something is kept, in words: "as long as …"."""

    words: str | Promise


@dataclass(frozen=True)
class Rule(Term):
    """A term that the nightly job sees to.

    ``due`` gives the rows whose time is up at a moment, ``forget`` lets go of one of them, and
    ``all_rows``, if given, is what the rule may ever take: somebody confirms its first run, and
    has a look when it would take too much at once. ``centre_path`` leads from a row to the centre
    whose staff may see it, in the ORM's words.
    """

    code: str
    due: Callable[[datetime], Rows]
    forget: Callable[[Any, datetime], object]
    all_rows: Callable[[], Rows] | None = None
    title: str | Promise = ""
    centre_path: str = ""


@dataclass(frozen=True)
class Matter:
    """One thing that is stored about somebody: a line of the table on the privacy page."""

    about: str | Promise  # whom, and from what: the heading
    what: str | Promise
    why: str | Promise
    term: Term


@dataclass
class Register:
    """All that the apps have declared."""

    matters: dict[tuple[type[models.Model], str], Matter] = field(default_factory=dict)
    impersonal: set[tuple[type[models.Model], str]] = field(default_factory=set)
    impersonal_models: set[type[models.Model]] = field(default_factory=set)
    outside: list[Matter] = field(default_factory=list)
    more_rules: list[Rule] = field(default_factory=list)
    erasers: list[Callable[[Any], None]] = field(default_factory=list)
    holders: dict[type[models.Model], Callable[[Any], None]] = field(default_factory=dict)

    def declare(self, model: type[models.Model], *names: str, matter: Matter) -> None:
        """The fields ``names`` of ``model`` hold what ``matter`` says."""
        for name in names:
            self.matters[model, name] = matter

    def impersonal_fields(self, model: type[models.Model], *names: str) -> None:
        """The fields say nothing about anybody by themselves: keys, moments, states of our own."""
        self.impersonal |= {(model, name) for name in names}

    def impersonal_model(self, *models_: type[models.Model]) -> None:
        """No field of these models is about a person."""
        self.impersonal_models |= set(models_)

    def declare_outside(self, matter: Matter) -> None:
        """What ``matter`` says is kept outside the database."""
        self.outside.append(matter)

    def add_rule(self, rule: Rule) -> None:
        """The nightly job follows ``rule`` as well, which another line of the table tells of."""
        self.more_rules.append(rule)

    def held_by(self, model: type[models.Model], hold: Callable[[Any], None]) -> None:
        """``hold``, given the key of a row of ``model``, holds what decides on its time.

        In the order in which every act holds it. Else the row itself is held.
        """
        self.holders[model] = hold

    def lines(self) -> Iterator[Matter]:
        """Each matter once, in the order of their declaration."""
        yield from dict.fromkeys([*self.matters.values(), *self.outside])

    def by_subject(self) -> dict[str | Promise, dict[str | Promise, list[Matter]]]:
        """The matters under whom they are about, and there under how long they are kept."""
        table: dict[str | Promise, dict[str | Promise, list[Matter]]] = {}
        for matter in self.lines():
            terms = table.setdefault(matter.about, {})
            terms.setdefault(matter.term.words, []).append(matter)
        return table

    def rules(self) -> Iterator[Rule]:
        """Each rule of the nightly job, once."""
        terms = dict.fromkeys(matter.term for matter in self.lines())
        yield from (term for term in terms if isinstance(term, Rule))
        yield from self.more_rules

    def due(self, model: type[models.Model], now: datetime) -> Iterator[Rows]:
        """The rows of ``model`` whose time is up at ``now``, by the rules that are confirmed."""
        for rule in self.rules():
            if rule.all_rows is not None and (rows := rule.due(now)).model is model:
                yield rows

    def undeclared(self, app_models: Iterable[type[models.Model]]) -> list[str]:
        """Fields that nobody has said anything about, such as ``participant.name``."""
        known = set(self.matters) | self.impersonal
        return [
            f"{model._meta.model_name}.{name}"
            for model in app_models
            if model not in self.impersonal_models
            for name in names_of(model)
            if (model, name) not in known
        ]

    def when_erased(self, eraser: Callable[[Any], None]) -> Callable[[Any], None]:
        """``eraser`` is called with each person that is erased, in the same transaction."""
        self.erasers.append(eraser)
        return eraser


def names_of(model: type[models.Model]) -> list[str]:
    """The columns of ``model``, and its many-to-many relations."""
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return [each.name for each in fields]


register = Register()
