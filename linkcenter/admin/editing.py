"""Two at the same thing: the second is told what the first has changed, and keeps what was typed.

A page says with each form what was there when it was filled in: a digest of every value, signed.
When the form comes back, the row is held and looked at again. If somebody has saved other values
meanwhile, nothing is saved: the page says what they are now, and a second press saves.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core import signing
from django.db.models import Model, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _

AS_SEEN = "as_seen"
SALT = "linkcenter.admin.editing"
LONGEST = 80  # letters of a value that a sentence repeats

Digests = dict[str, dict[str, str]]  # by the row, and then by the value's name


def digests(row: Model, values: Mapping[str, Any]) -> Digests:
    """What the values of ``row`` are, told so that nobody can read them."""
    about = _key(row)
    return {about: {name: _digest(about, name, value) for name, value in values.items()}}


def seal(seen: Digests) -> str:
    """What a page carries, and nobody can make up."""
    return signing.dumps(seen, salt=SALT, compress=True)


def changed_since(sealed: str | None, row: Model, values: Mapping[str, Any]) -> list[str]:
    """The names of those ``values`` of ``row`` that were others when the page was made.

    A page that does not say what it showed is not asked. Of one that says it wrongly, or from
    before the key changed, all are.
    """
    if not sealed:
        return []
    seen = _opened(sealed)
    if seen is None:
        return list(values)
    about = _key(row)
    before = seen.get(about, {})
    return [
        name
        for name, value in values.items()
        if name in before and before[name] != _digest(about, name, value)
    ]


def _opened(sealed: str) -> Digests | None:
    try:
        found: Digests = signing.loads(sealed, salt=SALT)
    except signing.BadSignature:
        return None
    return found


def _key(row: Model) -> str:
    return f"{row._meta.label_lower}:{row.pk}"


def _digest(about: str, name: str, value: Any) -> str:
    return salted_hmac(SALT, f"{about} {name} {plain(value)}", algorithm="sha256").hexdigest()[:16]


def plain(value: Any) -> str:
    """The same text for the same value, whether it comes from the row or from a form."""
    if value is None:
        return ""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, QuerySet | list | tuple | set):
        return "\n".join(sorted(plain(each) for each in value))
    return str(value).replace("\r\n", "\n").strip()


def columns(row: Model, leaving_out: Collection[str] = ()) -> dict[str, Any]:
    """The columns of ``row`` with what they hold, by the names of the fields."""
    return {
        field.name: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in leaving_out
    }


def row_seal(row: Model, leaving_out: Collection[str] = ()) -> str:
    """What a page shows of one row, for its buttons to carry."""
    return seal(digests(row, columns(row, leaving_out)))


def whats_new(sealed: str, row: Model) -> str:
    """What somebody else has made of the locked ``row``, for who pressed second; else nothing.

    For who may see the row: the answer says what it holds.
    """
    names = changed_since(sealed, row, columns(row))
    return refusal([in_words(row, names)]) if names else ""


def in_words(row: Model, names: Iterable[str]) -> str:
    """What the fields of ``row`` hold, for who may see it: "Phone is now “412 34 567”"."""
    told = []
    for name in names:
        field = row._meta.get_field(name)
        formfield = forms.Field(label=capfirst(str(getattr(field, "verbose_name", name))))
        value = getattr(row, name)
        if choices := getattr(getattr(field, "base_field", field), "flatchoices", None):
            formfield.choices = choices  # type: ignore[attr-defined]  # as those that have some
        told.append(_is_now(formfield, name, value))
    return "; ".join(told)


def _is_now(field: Any, name: str, value: Any) -> str:
    return _("%(field)s is now “%(value)s”") % {
        "field": field.label or name,
        "value": _value_in_words(field, value),
    }


def _value_in_words(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choices = dict(_flat(field.choices)) if hasattr(field, "choices") else {}
    prepared = field.prepare_value(value)
    many = prepared if isinstance(prepared, list | tuple | set) else [prepared]
    words = ", ".join(
        str(choices.get(str(each), localize(each))) for each in many if each not in (None, "")
    )
    if not words:
        return _("nothing")
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


class SeenForm(forms.BaseModelForm):
    """A form of a row that refuses once, if somebody else has saved the row since it was shown.

    What the second has left as it was shows what the first has made of it; what they have typed
    stays.
    """

    def values(self) -> dict[str, Any]:
        """What the row holds, by the names of the form's fields."""
        return {
            name: self.get_initial_for_field(field, name) for name, field in self.fields.items()
        }

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.instance.pk is not None:
            self._look_again()

    def _look_again(self) -> None:
        sealed: Any = self.data.get(AS_SEEN)
        values = self.values()
        said = getattr(self, "cleaned_data", {})
        others = [
            name
            for name in changed_since(sealed, self.instance, values)
            if name not in said or plain(said[name]) != plain(values[name])
        ]
        if not others:
            return
        told = [_is_now(self.fields[name], name, values[name]) for name in others]
        keep_up(self, sealed, self.instance, {name: values[name] for name in others})
        for name in others:
            self.add_error(name, _("Somebody else has changed this in the meantime."))
        self.add_error(None, refusal(told))


def keep_up(form: forms.BaseForm, sealed: str, row: Model, values: Mapping[str, Any]) -> None:
    """What the second has left as it was shows what the first has made of it.

    ``values`` are those of ``row`` that have changed, by the names of the form's fields.
    """
    said = getattr(form, "cleaned_data", {})
    untouched = [
        name
        for name in values
        if name in said and not changed_since(sealed, row, {name: said[name]})
    ]
    data: Any = form.data
    form.data = data.copy()
    for name in untouched:
        _show(form, name, values[name])


def _show(form: forms.BaseForm, name: str, value: Any) -> None:
    """Let the form show ``value`` as if it had been typed."""
    field: Any = form.fields[name]
    data: Any = form.data
    key = form.add_prefix(name)
    shown = field.prepare_value(value)
    if isinstance(field.widget, forms.CheckboxInput):
        data.pop(key, None)
        if shown:
            data[key] = "on"
    elif isinstance(shown, list | tuple | set):
        data.setlist(key, [str(each) for each in shown])
    else:
        text = field.widget.format_value(shown)
        data[key] = str(text[0] if isinstance(text, list) and text else text or "")


def refusal(changes: Iterable[str]) -> str:
    """What the second is told, once. ``changes`` are such as ``in_words`` tells."""
    return _(
        "Somebody else has saved this in the meantime: %(changes)s. Nothing of yours is saved yet."
        " Look through the page, and save once more if it is right."
    ) % {"changes": "; ".join(changes)}


def sealed_forms(shown: Iterable[forms.BaseForm]) -> str:
    """What the forms of one page show, for the page to carry."""
    seen: Digests = {}
    for form in shown:
        if isinstance(form, SeenForm) and form.instance.pk is not None:
            seen |= digests(form.instance, form.values())
    return seal(seen)


def _flat(choices: Iterable[Any]) -> Iterable[tuple[str, Any]]:
    for value, words in choices:
        if isinstance(words, list | tuple):
            yield from _flat(words)
        else:
            yield str(value), words


def looking_again(form: type[forms.BaseModelForm]) -> type[forms.BaseModelForm]:
    """``form``, for a row that several people may have open."""
    if issubclass(form, SeenForm):
        return form
    return type(form.__name__, (SeenForm, form), {})
