"""What the nightly job will delete within a week: each rule, its rows, and what holds it back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app as jobs

from centres.access import Scope, request_scope
from groups.today.nightly_jobs import counts_of
from linkcenter.forms.base import ActForm
from linkcenter.models import JobRun
from linkcenter.personal_data import retention
from linkcenter.personal_data.register import Rule, register
from participants.domain.retention import in_a_week
from participants.models import Participant

PAGE = "admin:linkcenter_jobrun_deletion"
SHOWN = 100
RUNS = 14
WORD = gettext_lazy("delete")


class LetGoForm(ActForm):
    """An administrator who has looked lets one rule run once."""

    submit_label = gettext_lazy("Delete them now")

    code = forms.CharField(widget=forms.HiddenInput)
    most = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    word = forms.CharField(max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["word"].label = _("Write the word “%(word)s”") % {"word": WORD}
        self.fields["word"].error_messages["required"] = self._wrong()

    def _wrong(self) -> str:
        return _("Write the word “%(word)s” if they are to be deleted.") % {"word": WORD}

    def clean(self) -> dict[str, Any]:
        """What is confirmed is what was seen, and no more."""
        cleaned = self.cleaned_data
        rule = _rule(cleaned.get("code", ""))
        if rule is None or rule.due(timezone.now()).count() > cleaned.get("most", 0):
            raise forms.ValidationError(_("More are due now than when you looked. Look again."))
        return cleaned

    def clean_word(self) -> str:
        word: str = self.cleaned_data["word"]
        if word.strip().casefold() != str(WORD):
            raise forms.ValidationError(self._wrong())
        return word


@dataclass(frozen=True)
class Row:
    """One row that goes: what it is called, never by a name, and where it can be looked at."""

    words: str
    address: str


@dataclass(frozen=True)
class Going:
    """What one rule takes within a week, as the reader may see it."""

    title: str | Promise
    term: str | Promise
    count: int
    rows: list[Row]
    held_back: int  # so many are due now, and wait for somebody to confirm
    form: LetGoForm | None


def deletion(request: HttpRequest) -> HttpResponse:
    """For all staff, each their own rows; administrators see numbers, and can confirm."""
    scope = request_scope(request)
    form = None
    if request.method == "POST" and scope.is_administrator:
        form = LetGoForm(request.POST, action=request.path)
        if form.is_valid():
            user: Any = request.user
            seen = {name: form.cleaned_data[name] for name in ("code", "most")}
            jobs.configure_task(retention.LET_GO_JOB, lock=retention.JOB).defer(**seen, by=user.pk)
            messages.success(request, _("They are deleted within some minutes."))
            return redirect(PAGE)
    context = {
        **admin.site.each_context(request),
        "title": _("What will be deleted next week"),
        "rules": list(_going(scope, form, request.path)),
        "runs": _runs(),
        "is_administrator": scope.is_administrator,
        "shown": SHOWN,
    }
    return TemplateResponse(request, "admin/groups/deletion.html", context)


def _rule(code: str) -> Rule | None:
    return next((rule for rule in register.rules() if rule.code == code), None)


def _going(scope: Scope, sent: LetGoForm | None, action: str) -> Iterator[Going]:
    now = timezone.now()
    night = in_a_week(timezone.localdate(now))
    for rule in register.rules():
        rows = rule.due(night)
        own = _own(rule, rows, scope)
        if own is None and not scope.is_administrator:
            continue
        is_held = retention.is_held_back(rule, now=now)
        held = rule.due(now).count() if is_held else 0
        yield Going(
            title=rule.title or rule.code,
            term=rule.words,
            count=rows.count() if scope.is_administrator or own is None else own.count(),
            rows=[] if own is None else [_row(row) for row in own[:SHOWN]],
            held_back=held,
            form=_form(rule, held, sent, action) if held and scope.is_administrator else None,
        )


def _own(rule: Rule, rows: QuerySet[Any], scope: Scope) -> QuerySet[Any] | None:
    """The rows of the reader's own centres; None where a row belongs to no centre."""
    if not rule.centre_path:
        return None
    *steps, _centre = rule.centre_path.split("__")
    own = rows.filter(**{f"{rule.centre_path}__in": scope.centre_ids}).order_by("pk")
    return own.select_related("__".join(steps)) if steps else own


def _row(row: Any) -> Row:
    person = _person(row)
    if person is not None:
        people = reverse("admin:participants_registration_changelist")
        return Row(person.reference, f"{people}?{urlencode({'q': person.reference})}")
    if admin.site.is_registered(type(row)):
        meta = row._meta
        page = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])
        return Row(f"{meta.verbose_name} {row.pk}", page)
    return Row(f"{row._meta.verbose_name} {row.pk}", "")


def _person(row: Any) -> Participant | None:
    if isinstance(row, Participant):
        return row
    of = getattr(row, "registration", row)
    person = getattr(of, "participant", None)
    return person if isinstance(person, Participant) else None


def _form(rule: Rule, held: int, sent: LetGoForm | None, action: str) -> LetGoForm:
    if sent is not None and sent.data.get("code") == rule.code:
        return sent
    initial = {"code": rule.code, "most": held}
    return LetGoForm(action=action, initial=initial, auto_id=f"{slugify(rule.code)}_%s")


def _runs() -> list[tuple[JobRun, list[tuple[str | Promise, int, bool]]]]:
    """The last runs: what each took, and what it held back."""
    last = JobRun.objects.filter(job__startswith=retention.JOB).select_related("by")
    return [(run, list(counts_of(run))) for run in last.order_by("-started_at")[:RUNS]]
