"""Acts on several rows of a list: a page to check, one transaction, and what came of it, in words.

The page says who is meant and who is skipped and why, asks for what the act needs, and carries a
key: sent twice, it is done once. What was checked is what is done: each row is looked at again
then, and skipped if somebody has changed it. Rows are held in one order, and one such act comes
after the other.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID, uuid4

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linkcenter.admin import editing
from linkcenter.admin.pages import staff_page
from linkcenter.database.statements import stand_in_line
from linkcenter.forms.base import CrispyMixin, OneLineField
from linkcenter.log_in.reauthentication import ask_again
from linkcenter.models import DoneAct, User

MOST = 300  # rows at once: so many can still be looked through
NAMED = 10  # of those that are skipped, in the answer
ONE_AFTER_THE_OTHER = 7_110_001  # of PostgreSQL's advisory locks, for acts like these


class BulkForm(CrispyMixin, forms.Form):
    """What an act asks for. It stands inside the form of the page to check."""

    def __init__(self, data: Any = None, *, act: "BulkAct", rows: list[Any], reader: User) -> None:
        self.act = act
        super().__init__(data)
        self.fit(rows, reader)
        if act.word:
            self.fields["word"] = OneLineField(
                label=_("Write “%(word)s” to do it") % {"word": act.word},
                max_length=40,
                error_messages={"required": self._ask_for_word()},
                widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            )

    def fit(self, rows: list[Any], reader: User) -> None:
        """For a form whose choices depend on the rows, or on who asks."""

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = self.get_layout()
        return helper

    def _ask_for_word(self) -> str:
        return _("Write the word “%(word)s”, so that nobody does this by a slip.") % {
            "word": self.act.word
        }

    def clean_word(self) -> str:
        if self.cleaned_data["word"].casefold() != str(self.act.word).casefold():
            raise forms.ValidationError(self._ask_for_word())
        return ""

    def answers(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "word"}


def in_order(rows: QuerySet[Any]) -> None:
    """Hold the rows themselves, as most acts do."""
    held = rows.model._base_manager.select_for_update(of=("self",))
    list(held.filter(pk__in=rows.order_by().values("pk")).order_by("pk").values_list("pk"))


@dataclass(frozen=True, kw_only=True)
class BulkAct:
    """One act: what it is called, what it asks, whom it skips, and the domain's own function."""

    name: str
    label: str | Promise  # in the menu above the list
    question: str | Promise
    button: str | Promise
    done: Any  # a lazy plural with %(n)s
    do: Callable[[Any, dict[str, Any], User], object]
    refusals: tuple[type[Exception], ...]  # each has a ``message``
    skips: Callable[[Any], str | Promise] = lambda row: ""  # why not; asks the database nothing
    rows: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda rows: rows  # with what ``skips`` reads
    hold: Callable[[QuerySet[Any]], None] = in_order
    form: type[BulkForm] = BulkForm
    word: str | Promise = ""  # to be typed, where nothing of it can be taken back
    wants_fresh_log_in: bool = False
    tell: Callable[[Any], str | Promise] = str  # a row, on the page and in the answer
    on_the_side: Collection[str] = ()  # columns that others may change meanwhile
    also: Collection[str] = ()  # beside the columns: what must be as the page showed it


@dataclass
class Outcome:
    """How it went, in buckets."""

    done: int = 0
    skipped: dict[str, list[str]] = field(default_factory=dict)
    was_done_before: bool = False

    def skip(self, why: str | Promise, what: str | Promise) -> None:
        self.skipped.setdefault(str(why), []).append(str(what))


def _as_it_is(act: BulkAct, row: Any) -> dict[str, str]:
    """All of the row that the act depends on, as one value."""
    values = editing.columns(row, {*act.on_the_side, *row.get_deferred_fields()})
    values |= {name: getattr(row, name) for name in act.also}
    return {"row": "\n".join(f"{name} {editing.plain(each)}" for name, each in values.items())}


def sealed(act: BulkAct, rows: Iterable[Any]) -> str:
    """What the page to check shows of the rows, for it to carry."""
    seen: editing.Digests = {}
    for row in rows:
        seen |= editing.digests(row, _as_it_is(act, row))
    return editing.seal(seen)


@transaction.atomic
def perform(
    act: BulkAct,
    rows: QuerySet[Any],
    pks: list[Any],
    answers: dict[str, Any],
    by: User,
    key: UUID,
    as_seen: str = "",
) -> Outcome:
    """Do ``act`` with those of ``rows`` whose keys are ``pks``: all of it, or nothing at all.

    Whatever is not as ``as_seen`` showed it is skipped.
    """
    stand_in_line(ONE_AFTER_THE_OTHER)
    _done, is_new = DoneAct.objects.get_or_create(key=key, defaults={"act": act.name})
    if not is_new:
        return Outcome(was_done_before=True)
    chosen = rows.filter(pk__in=pks)
    act.hold(chosen)
    outcome = Outcome()
    found = list(act.rows(chosen).order_by("pk"))
    for row in found:
        why = act.skips(row)
        if not why and editing.changed_since(as_seen, row, _as_it_is(act, row)):
            why = _("somebody has changed it in the meantime")
        if not why:
            try:
                with transaction.atomic():
                    act.do(row, answers, by)
            except act.refusals as refused:
                why = getattr(refused, "message", "")
            else:
                outcome.done += 1
                continue
        outcome.skip(why, act.tell(row))
    for _gone in range(len(pks) - len(found)):
        outcome.skip(_("no longer there"), "")
    return outcome


class BulkActsMixin:
    """For a ModelAdmin with ``bulk_acts``: they stand in the menu above its list."""

    bulk_acts: ClassVar[Iterable[BulkAct]] = ()
    admin_site: Any
    opts: Any

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        admin: Any = super()
        listed: dict[str, Any] = admin.get_actions(request)
        if "_popup" in request.GET:
            return listed
        for act in self.bulk_acts:
            listed[act.name] = (_runs(act), act.name, act.label)
        return listed

    def bulk_shown(self, request: HttpRequest, rows: list[Any]) -> None:
        """Called before a page shows ``rows``; a list of people has them noted."""

    def run(self, request: HttpRequest, chosen: QuerySet, act: BulkAct) -> HttpResponse | None:
        """The page to check, or the answer after it: back to the list as it was."""
        is_sure = "sure" in request.POST
        own: Any = self
        if is_sure:  # whoever has left the view in the meantime is told of as well
            asked_for = dict.fromkeys(request.POST.getlist(ACTION_CHECKBOX_NAME))
            pks = [pk for pk in asked_for if pk.isascii() and pk.isdigit() and len(pk) < 19]
            chosen = own.get_queryset(request).filter(pk__in=pks)
        rows = list(act.rows(chosen).order_by("pk")[: MOST + 1])
        if len(rows) > MOST:
            text = _("Choose at most %(n)s at once, so that you can look through them.")
            messages.warning(request, text % {"n": MOST})
            return None
        reader: Any = request.user
        form = act.form(request.POST if is_sure else None, act=act, rows=rows, reader=reader)
        key = _key(request.POST.get("key", ""))
        if is_sure and key and form.is_valid():
            if act.wants_fresh_log_in and (question := ask_again(request)):
                return question
            everybody = own.get_queryset(request)
            as_seen = request.POST.get(editing.AS_SEEN, "")
            outcome = perform(act, everybody, pks, form.answers(), reader, key, as_seen)
            _say(request, act, outcome)
            return None
        self.bulk_shown(request, rows)
        return self._check_page(request, act, rows, form, key or uuid4())

    def _check_page(
        self, request: HttpRequest, act: BulkAct, rows: list[Any], form: BulkForm, key: UUID
    ) -> HttpResponse:
        told = [(row, act.tell(row), act.skips(row)) for row in rows]
        context = {
            "title": act.question,
            "act": act,
            "form": form,
            "key": key,
            "chosen": [row.pk for row in rows],
            "rows_as_seen": sealed(act, rows),  # the form inside does not repeat it
            "meant": [words for _row, words, why in told if not why],
            "skipped": [(words, why) for _row, words, why in told if why],
            "way_back": request.get_full_path(),
        }
        return staff_page(self, request, "admin/bulk.html", context)


def _runs(act: BulkAct) -> Callable[..., HttpResponse | None]:
    def run(page: Any, request: HttpRequest, chosen: QuerySet) -> HttpResponse | None:
        answer: HttpResponse | None = page.run(request, chosen, act)
        return answer

    return run


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _say(request: HttpRequest, act: BulkAct, outcome: Outcome) -> None:
    if outcome.was_done_before:
        messages.info(request, _("This was done already. Nothing is done twice."))
        return
    if outcome.done:
        messages.success(request, act.done % {"n": outcome.done})
    else:
        messages.warning(request, _("Nothing was done."))
    for why, names in outcome.skipped.items():
        named = ", ".join(filter(None, names[:NAMED]))
        more = f"{named} …" if len(names) > NAMED else named
        text = ngettext("%(n)s skipped: %(why)s", "%(n)s skipped: %(why)s", len(names))
        words = text % {"n": len(names), "why": why.rstrip(".")}
        messages.warning(request, f"{words} ({more})" if more else words)
