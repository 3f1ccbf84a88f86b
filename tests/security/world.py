"""Two centres with one row of everything, where every word says whose it is.

Both are made by the same steps, and each has numbers of its own for its rows: what has 440000012 at
the one has 880000012 at the other. Each text of each row is a planted word. So whatever shows up in
an answer tells the centre, the model and the field that it comes from.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from string import ascii_lowercase
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db import connection, transaction
from django.db.models import BigAutoField, Field, GeneratedField, Model
from time_machine import travel

from centres.admin.scope import AdministratorAdmin
from centres.models import (
    Centre,
    ContactPerson,
    Event,
    EventSignUp,
    OpeningException,
    OpeningHours,
    Organisation,
    Partnership,
    SavedView,
    StaffRole,
)
from centres.states import HoursKind, PartnerRole, Role, VenueKind
from groups.domain.forming.match_runs import propose
from groups.domain.initiators.links import new_initiator_link
from groups.models import FollowUp, Initiator, MatchRun, Question, Seat, SelfHelpGroup, Tally
from groups.states import SeatState, askable
from linkcenter.models import PasswordLink, User
from linkcenter.timeline import record
from participants.domain.read_log import note
from participants.models import (
    Consent,
    ConsentText,
    LookThrough,
    Participant,
    Registration,
    Talk,
    TwoPeople,
)
from participants.states import Door, GivenBy, TalkKind, TalkOutcome
from tests import recipes
from tests.groups.meeting_group import running_group
from tests.groups.one_of_each import ONE
from tests.participants.own import link_for

NOW = datetime(2026, 11, 24, 11, tzinfo=UTC)
OUR_APPS = {"linkcenter", "centres", "participants", "groups"}
MISSING = 999_000_001
CENTRES = 1900  # so that the number of a centre, which is no secret, is that of nothing else
NUMBER = re.compile(r"(?<!\d)(44|88)0[\s\xa0\u202f]?00[01][\s\xa0\u202f]?\d\d\d(?!\d)")

# Columns whose words the program reads: an address, a key, a code.
UNTOUCHED = {
    *("slug", "password", "job", "matter", "kind", "facts", "language", "link_path", "link_seed"),
    *("message_id", "seed", "token_hash", "key", "measure", "value", "scope_key", "phone", "page"),
    *("postal_code", "website", "facebook", "accessibility_statement_url", "chat", "what", "to"),
    *("number", "code", "calendar", "new_email"),
}
SHORTEST = 16  # letters that a column has to hold for a planted word


@dataclass(frozen=True)
class Planted:
    """What a planted word is the value of."""

    side: str
    model: str
    field: str

    def __str__(self) -> str:
        return f"{self.model}.{self.field} of the {self.side} centre"


class Side:
    """One of the two centres, with its rows by model; ``parts`` are rows that hang on those."""

    def __init__(self, name: str, begin: int, mark: str, shared: dict[Any, Any]) -> None:
        self.name, self.begin, self.mark = name, begin, mark
        self.gone = begin + 997  # once was the number of a row
        _count_from(begin)
        self.centre = recipes.centre(f"link-{name}", max_size=6, target_size=5)
        self.rows = dict(shared)
        self._fill()
        self.words = self._plant()

    def _fill(self) -> None:
        centre = self.centre
        self.staff = recipes.staff(Role.COORDINATOR, centre)
        proposed = self._fits_together()
        for model, make in ONE.items():
            if model is Centre:
                self.rows[model] = centre
            elif model not in SHARED:
                self.rows[model] = make(centre)
        self._add_people()
        self._add_to_group()
        self._add_to_house()
        self.rows[MatchRun] = proposed

    def _fits_together(self) -> MatchRun:
        """A room, an initiator and five people, and the group that is proposed of them."""
        recipes.venue(self.centre, name="Stua")
        new_initiator_link(recipes.initiator(self.centre), path="/igangsetter/{token}/", now=NOW)
        for _each in range(5):
            recipes.waiting(self.centre, message="-", practical_needs="-")
        run = propose([self.centre], actor=self.staff, now=NOW)
        assert (run.result or {}).get("groups"), "The pages of a proposal need one."
        return run

    def _add_people(self) -> None:
        """All that hangs on a person; two who look alike; and one in each state."""
        centre, registration = self.centre, self.rows[Registration]
        person = registration.participant
        text = ConsentText.objects.get(purpose="contact")
        spoken = {"given_by": GivenBy.SPOKEN, "recorded_by": self.staff}
        Consent.objects.create(participant=person, text=text, given_at=NOW, **spoken)
        Talk.objects.create(
            registration=registration,
            kind=TalkKind.RANG,
            by=self.staff,
            outcome=TalkOutcome.AGAIN,
            note="-",
        )
        note(self.staff, [person.pk], door=Door.PERSON, now=NOW)
        record(registration, "registered", actor=self.staff)
        self.link = link_for(person, now=NOW)
        about = askable()[0][0]
        self.rows[Question] = Question.objects.create(
            registration=registration, about=about, asked_at=NOW, answer_by=date(2026, 12, 1)
        )
        self.rows["other"] = recipes.waiting(centre, {"phone": "+4741234567"})
        for state in ("received", "held", "closed"):
            why = {
                "held": {"held_because": "trap"},
                "closed": {"close_reason": "not_now", "closed_at": NOW},
            }.get(state, {})
            last = recipes.participant(centre)
            recipes.registration(last, state=state, **why)
        TwoPeople.objects.create(first=person, second=last, by=self.staff)

    def _add_to_group(self) -> None:
        """Rows that only an address with two numbers in it asks for."""
        group = self.rows[SelfHelpGroup]
        group.initiators.add(self.rows[Initiator])
        asked = {"state": SeatState.ASKED, "asked_at": NOW, "answer_by": date(2026, 12, 1)}
        self.rows[Seat] = recipes.seat(group, **asked)
        self.rows[FollowUp] = group.follow_ups.create(
            what="talk", due=date(2026, 11, 25), owner=self.staff
        )
        self.running = running_group(self.centre)

    def _add_to_house(self) -> None:
        centre = self.centre
        self.rows[EventSignUp] = self.rows[Event].sign_ups.get()
        OpeningHours.objects.create(
            centre=centre, weekday=1, opens=time(10), closes=time(14), kind=HoursKind.DROP_IN
        )
        OpeningException.objects.create(
            centre=centre, first_date=date(2026, 12, 1), last_date=date(2026, 12, 2)
        )
        ContactPerson.objects.create(centre=centre, name="-", title="-", published=False)
        Partnership.objects.create(
            centre=centre, organisation=Organisation.objects.first(), role=PartnerRole.FUNDER
        )
        licence = {"kind": VenueKind.LICENCE, "provider": "Zoom", "host_key": "-"}
        recipes.venue(centre, host_key_since=NOW, **licence)
        mine = {"owner": self.staff, "centre": centre}
        self.rows[SavedView] = SavedView.objects.create(
            list="participants.registration", name="-", query="view=new", **mine
        )

    def _plant(self) -> dict[str, Planted]:
        words: dict[str, Planted] = {}
        for model in models():
            fields = [each for each in model._meta.concrete_fields if _can_hold_a_word(each)]
            planted = {each.name: self._word(len(words) + at) for at, each in enumerate(fields)}
            label = model._meta.label
            words |= {word: Planted(self.name, label, name) for name, word in planted.items()}
            rows = model._base_manager.filter(pk__gt=self.begin, pk__lt=self.begin + 2000)
            for row in rows:
                held = {
                    name: self._value(model, name, word, row)
                    for name, word in planted.items()
                    if getattr(row, name)
                }
                if held:
                    model._base_manager.filter(pk=row.pk).update(**held)
        for person in Participant.objects.filter(centre=self.centre):
            person.save()  # with the keys that it is found by
        return words

    def _word(self, number: int) -> str:
        high, low = divmod(number, 26)
        return f"{self.mark}{ascii_lowercase[high]}{ascii_lowercase[low]}"

    def _value(self, model: type[Model], name: str, word: str, row: Any) -> str:
        if name == "email":
            return f"{word}{row.pk % 1000}@example.org"
        return f"{word} {row.pk % 1000}" if model is SelfHelpGroup or name == "name" else word

    def word_of(self, label: str, field: str) -> str:
        """The word that stands in every such field of this centre."""
        told = Planted(self.name, label, field)
        return next(word for word, planted in self.words.items() if planted == told)


def _can_hold_a_word(field: Field) -> bool:
    if field.is_relation or field.choices or isinstance(field, GeneratedField):
        return False
    if field.get_internal_type() not in ("CharField", "TextField", "EmailField"):
        return False
    if field.name in UNTOUCHED or field.primary_key:
        return False
    names = {each.name for each in field.model._meta.concrete_fields}
    return f"{field.name}_nb" not in names and (field.max_length or 100) >= SHORTEST


def models() -> list[type[Model]]:
    """Ours whose rows have a number."""
    ours = [model for model in apps.get_models() if model._meta.app_label in OUR_APPS]
    return [model for model in ours if isinstance(model._meta.pk, BigAutoField)]


# What is everybody's, and of no centre.
SHARED = {
    model
    for model, page in admin.site._registry.items()
    if isinstance(page, AdministratorAdmin) and model not in (StaffRole, User)
}


# Sums in which nobody is told apart, what hangs on an account, and that somebody has looked.
OF_NO_CENTRE = SHARED | {LookThrough, PasswordLink, Tally}


def _count_from(number: int) -> None:
    """Every table gives its next row the same number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select s.relname from pg_class s join pg_depend d on d.objid = s.oid and"
            " d.deptype in ('a', 'i') join pg_class t on t.oid = d.refobjid"
            " where s.relkind = 'S' and t.relname !~ '^(procrastinate|django|auth)_'"
        )
        for (name,) in cursor.fetchall():
            first = number + (CENTRES if name == "centres_centre_id_seq" else 1)
            cursor.execute(f'alter sequence "{name}" restart with {first}')


class World:
    """Both centres. ``own`` is the one that those with one role work at."""

    written: dict[str, int]  # rows of each table so far, as the last one who asked has left them

    def __init__(self) -> None:
        _count_from(220_000_000)
        recipes.consent_texts()
        recipes.municipality("9999")
        nowhere: Any = None
        shared = {model: ONE[model](nowhere) for model in SHARED - {ConsentText}}
        shared[ConsentText] = ConsentText.objects.first()
        self.own = Side("own", 440_000_000, "zqownsid", shared)
        self.foreign = Side("foreign", 880_000_000, "zqforeig", shared)
        _count_from(660_000_000)
        self.words = self.own.words | self.foreign.words


@contextmanager
def two_centres() -> Iterator[World]:
    """In one transaction that is taken back: no other test meets what is made here."""
    assert str(connection.settings_dict["NAME"]).startswith("test_")
    logging.disable(logging.ERROR)  # thousands of refusals, as they should be
    try:
        with transaction.atomic(), travel(NOW, tick=False):
            yield World()
            transaction.set_rollback(True)
    finally:
        logging.disable(logging.NOTSET)
    connection.close()
