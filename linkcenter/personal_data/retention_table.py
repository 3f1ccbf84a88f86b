"""The register of personal data as a page of docs/: what is kept where, why, and who lets it go."""

from collections.abc import Iterator

from django.db import models
from django.utils import translation

from linkcenter.encryption import EncryptedTextField, KeyedIndexField
from linkcenter.personal_data.register import Matter, Rule, register

HEAD = """\
# What is kept, why, and for how long

Made by `manage.py retention_table > docs/retention.md` from the register of personal data in each
app's `privacy.py`: the one that the nightly job goes by, and that `/personvern/` shows. Do not
edit it here. **Bold** columns are encrypted before they reach the database, *slanted* ones are
keyed digests: without the key nobody reads the one, nor tries a telephone number on the other.

*Let go by* names the rule of the nightly job. Where there is none, it goes together with what it
belongs to, or staff take it out; the marks of erasures go in the same nightly run.
"""
COLUMNS = "| What | Why | How long | Let go by | Stored in |\n|---|---|---|---|---|"
RULES = """\
## The rules of the nightly job

A rule that waits takes nothing the first time, and nothing when it would take more than ten and
more than one in twenty, until an administrator has looked and let it go.

| Rule | Waits for somebody | When |
|---|---|---|
"""


def markdown() -> str:
    """The whole page, in English."""
    with translation.override("en"):
        return "\n".join([HEAD, *_subjects(), RULES + "\n".join(_rules())]) + "\n"


def _subjects() -> Iterator[str]:
    for about, terms in register.by_subject().items():
        yield f"## {about}\n\n{COLUMNS}"
        for matters in terms.values():
            yield from map(_line, matters)
        yield ""


def _line(matter: Matter) -> str:
    term = matter.term
    by = f"`{term.code}`" if isinstance(term, Rule) else ""
    return _row(matter.what, matter.why, term.words, by, "; ".join(_places(matter)))


def _places(matter: Matter) -> Iterator[str]:
    """The columns that hold it, each model once; none for what is outside the database."""
    columns: dict[type[models.Model], list[str]] = {}
    for (model, name), each in register.matters.items():
        if each is matter:
            columns.setdefault(model, []).append(_column(model, name))
    for model, names in columns.items():
        yield f"{model.__name__}: {', '.join(names)}"
    if not columns:
        yield "a file outside the database"


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    if isinstance(field, EncryptedTextField):
        return f"**{name}**"
    return f"*{name}*" if isinstance(field, KeyedIndexField) else name


def _rules() -> Iterator[str]:
    for rule in register.rules():
        yield _row(f"`{rule.code}`", "yes" if rule.all_rows else "", rule.words)


def _row(*cells: object) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"
