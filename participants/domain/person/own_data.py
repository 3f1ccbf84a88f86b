"""Everything that is stored about a person, read from the models' own fields.

What a model gains later is in it by itself. Left out is what says nothing (keys, hashes), and what
is as much about somebody else: whom staff keep apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from centres.week import WEEK_SLOTS, label
from linkcenter.activity_codes import label as activity_label
from linkcenter.messages.outbox import GAP
from linkcenter.models import Activity, Message, User
from linkcenter.personal_data.register import register
from participants.domain.read_log import SOMEBODY
from participants.models import ConsentText, Participant, PersonalLink, ReadLog

STAFF = "staff"  # who it was is told only of those who have opened the record

# Keys and codes for our own use, with which nobody can do anything outside.
LEFT_OUT: dict[type[models.Model], set[str]] = {
    Participant: {"id", "search_keys", "reach_keys"},
    PersonalLink: {"id", "seed", "token_hash"},
    Message: {
        *("id", "recipient_type", "recipient_id", "matter", "kind", "link_path", "link_seed"),
        "message_id",
        "facts",
        "calendar",  # says no more than the text that it goes with
    },
    Activity: {"id", "subject_type", "subject_id"},
}


@dataclass(frozen=True)
class Field:
    """One thing that is stored: its name in the database, what it is called, and the value."""

    name: str
    label: str
    value: Any  # as JSON has it
    words: str | Promise


@dataclass(frozen=True)
class Record:
    """One row of a table, such as a registration or a talk."""

    kind: str
    title: str
    fields: tuple[Field, ...]


def own_data(participant: Participant) -> Iterator[Record]:
    """Every row about the person, theirs first and then what hangs on it, oldest first."""
    for row, by in _with_all_that_hangs_on(participant):
        if fields := tuple(_fields(row, by)):
            yield Record(row._meta.label_lower, capfirst(str(row._meta.verbose_name)), fields)


def by_kind(participant: Participant) -> list[tuple[str, list[Record]]]:
    """All of it under what each kind of row is called, in the reader's language."""
    kinds: dict[str, list[Record]] = {}
    for record in own_data(participant):
        kinds.setdefault(record.title, []).append(record)
    return list(kinds.items())


def _with_all_that_hangs_on(row: models.Model, by: str = "") -> Iterator[tuple[models.Model, str]]:
    """Each row, and the name of the column by which it hangs on the one above."""
    yield row, by
    for relation in row._meta.related_objects:
        if relation.on_delete is models.CASCADE:
            model: Any = relation.related_model
            name = relation.field.name
            rows = model._base_manager.filter(**{name: row}).order_by("pk")
            lists = [each.name for each in (*model._meta.many_to_many, *_generic(model))]
            rows = rows.select_related(*_rows_named_by(model)).prefetch_related(*lists)
            for other in rows:
                yield from _with_all_that_hangs_on(other, name)
    for relation in _generic(type(row)):
        for other in sorted(getattr(row, relation.name).all(), key=lambda other: other.pk):
            yield other, ""


def _generic(model: type[models.Model]) -> list[Any]:
    """Its timeline, and the messages."""
    return [each for each in model._meta.private_fields if isinstance(each, GenericRelation)]


def _rows_named_by(model: type[models.Model]) -> list[str]:
    """Columns that point at a row whose name is shown. Who at the centre did it is not."""
    columns = model._meta.concrete_fields
    named = [each.name for each in columns if each.many_to_one and each.related_model is not User]
    return [*named, "reader", "participant__centre"] if model is ReadLog else named


def _fields(row: models.Model, by: str) -> Iterator[Field]:
    model = type(row)
    left_out = LEFT_OUT.get(model, {"id", "submission_key"}) | {by}
    for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        if field.name not in left_out and (model, field.name) not in register.impersonal:
            value = _value(row, field)
            if value not in (None, "", []):
                yield Field(field.name, _title(field), value, _words(value, field))


def _title(field: Any) -> str:
    """What the column is called; where it has no name of its own, what it points at."""
    is_nameless = field.many_to_one and field.verbose_name == field.name.replace("_", " ")
    named = field.related_model._meta if is_nameless else field
    return capfirst(str(named.verbose_name))


def _value(row: Any, field: Any) -> Any:
    if field.many_to_many:
        return [str(each) for each in getattr(row, field.name).all()]
    if field.many_to_one and field.related_model is User:
        if isinstance(row, ReadLog) and row.participant.centre.names_readers:
            return row.reader.name
        return STAFF if getattr(row, field.attname) else None
    value = getattr(row, field.name)
    if isinstance(value, ConsentText):
        return value.text
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, str) and isinstance(row, Message):
        return value.replace(GAP, "").strip()
    return value if isinstance(value, (str, int, bool, list, type(None))) else str(value)


def _words(value: Any, field: Any) -> str | Promise:
    """The value as people read it."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value == STAFF and field.many_to_one and field.related_model is User:
        return SOMEBODY
    if isinstance(field, models.DateTimeField):
        moment = timezone.localtime(datetime.fromisoformat(value))
        return date_format(moment, "DATETIME_FORMAT")
    if isinstance(field, models.DateField):
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    if isinstance(value, list):
        choices = dict(getattr(getattr(field, "base_field", None), "choices", None) or ())
        return ", ".join(str(_word(each, choices)) for each in value)
    languages: Any = settings.LANGUAGES if field.name == "language" else ()
    return str(_word(value, dict(field.flatchoices or languages)))


def _word(value: Any, choices: dict[Any, Any]) -> Any:
    if value in WEEK_SLOTS:
        return label(value)
    return choices.get(value) or activity_label(str(value))
