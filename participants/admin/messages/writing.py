"""Staff write to one person or to several: choose a text, read what each gets, keep drafts."""

from dataclasses import replace
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from linkcenter.admin.named_views import PARAMETER
from linkcenter.admin.pages import StaffRequest, staff_page
from linkcenter.forms.base import CleanTextField, CrispyMixin, one_of
from linkcenter.messages import outbox, texts
from linkcenter.models import Message
from participants import mail
from participants.access import registrations_for
from participants.domain.messages.acts import DraftWaits, draft, would_read
from participants.domain.read_log import note_recipients
from participants.lists import DRAFTS
from participants.models import Participant
from participants.states import HELD, Door

MOST = 50
OWN_WORDS = "own_words"


class EditForm(CrispyMixin, forms.Form):
    """The whole text of a draft. Where the person's link goes, a mark stands that has to stay."""

    submit_label = gettext_lazy("Save the text")

    text = CleanTextField(
        label=gettext_lazy("Text"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": gettext_lazy("Write a text, or drop the draft.")},
    )

    def __init__(self, data: Any = None, *, message: Message) -> None:
        self.message = message
        super().__init__(data, initial={"text": message.text})
        if message.link_seed:
            self.fields["text"].help_text = _(
                "The person's own link comes where %(gap)s stands."
            ) % {"gap": outbox.GAP}

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.form_action = reverse("admin:linkcenter_message_edit", args=[self.message.pk])
        return helper

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        wanted = 1 if self.message.link_seed else 0
        if text.count(outbox.GAP) != wanted:
            if wanted:
                raise forms.ValidationError(
                    _("Let %(gap)s stand once, so that the link comes there.") % {"gap": outbox.GAP}
                )
            raise forms.ValidationError(
                _("Take %(gap)s away: this message has no link.") % {"gap": outbox.GAP}
            )
        return text


class WriteForm(CrispyMixin, forms.Form):
    """Which text, and the words where they are staff's own."""

    submit_label = gettext_lazy("Show what they read")

    kind = one_of(
        list(mail.TO_CHOOSE.items()),
        label=gettext_lazy("What do you want to say?"),
        ask=gettext_lazy("Choose what you want to say."),
    )
    words = CleanTextField(
        label=gettext_lazy("Own words"),
        max_length=800,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "The greeting and your signature come by themselves. Write no theme, nothing of health"
            " and no name: others may see it."
        ),
    )

    def get_layout(self) -> Layout:
        return Layout("kind", "words")

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("kind") == OWN_WORDS and not answers.get("words"):
            self.add_error("words", _("Write what you want to say."))
        elif outbox.GAP in answers.get("words", ""):
            self.add_error("words", _("Take %(gap)s away.") % {"gap": outbox.GAP})
        return answers


class WritingPages:
    """For the admin of messages: the page to write on."""

    admin_site: Any
    opts: Any

    def writing_pages(self) -> list[URLPattern]:
        return [path("write/", self.write_view, name="write")]

    def write_view(self, request: StaffRequest) -> HttpResponse:
        """GET asks for a text, the first POST shows what each reads, the second keeps drafts."""
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        people = _people(request)
        form = WriteForm(request.POST if request.method == "POST" else None)
        previews = []
        if form.is_valid():
            kind = form.cleaned_data["kind"]
            words = form.cleaned_data["words"] if kind == OWN_WORDS else ""
            if "sure" in request.POST:
                return self._keep(request, people, kind, words)
            previews = [(each, _shown(each, kind, words)) for each in people]
        note_recipients(request.user, people, door=Door.MESSAGE if previews else Door.LIST)
        context = {
            "title": _("Write to people"),
            "people": people,
            "form": form,
            "previews": previews,
        }
        return staff_page(self, request, "admin/participants/message/write.html", context)

    def _keep(
        self, request: StaffRequest, people: list[Participant], kind: str, words: str
    ) -> HttpResponse:
        made: list[Message] = []
        skipped = 0
        for person in people:
            try:
                made.append(draft(person, kind=kind, words=words))
            except DraftWaits:
                skipped += 1
        if made:
            text = ngettext(
                "%(n)s draft waits. Send it when you have read it.",
                "%(n)s drafts wait. Send them when you have read them.",
                len(made),
            )
            messages.success(request, text % {"n": len(made)})
        if skipped:
            text = ngettext(
                "%(n)s person was skipped: a message from you to them waits already.",
                "%(n)s people were skipped: a message from you to them waits already.",
                skipped,
            )
            messages.warning(request, text % {"n": skipped})
        if len(made) == 1:
            return redirect("admin:linkcenter_message_change", made[0].pk)
        return redirect(
            f"{reverse('admin:linkcenter_message_changelist')}?{PARAMETER}={DRAFTS.slug}"
        )


def _shown(person: Participant, kind: str, words: str) -> texts.Rendered:
    rendered = would_read(person, kind=kind, words=words)
    link = _("[the person's own link]")
    return replace(rendered, text=rendered.text.replace(outbox.GAP, link))


def _people(request: HttpRequest) -> list[Participant]:
    """Whom the address names by their registrations. One who is not the reader's, or whom we hold
    back: no such page."""
    asked_for = {each for each in request.GET.getlist("to") if each.isascii() and each.isdigit()}
    user: Any = request.user
    rows = registrations_for(user).exclude(HELD).filter(pk__in=list(asked_for)[:MOST])
    found = list(rows.select_related("participant__centre").order_by("pk"))
    if not found or len(found) != len(asked_for):
        raise Http404
    return list({row.participant_id: row.participant for row in found}.values())
