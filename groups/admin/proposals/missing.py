"""What is missing, why somebody has no place, who waits longest, and asking one question."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from centres.access import centres_of
from centres.models import Centre
from groups.access import group_or_404
from groups.admin.shared import GROUP_PAGE, PERSON_PAGE, REFUSALS, refusal
from groups.domain.waiting.questions import answer_question, ask_one_question
from groups.models import Question, Seat
from groups.proposals.missing import Standing
from groups.states import Answer, askable
from groups.statistics.longest_waits import BAR, fairness_page
from linkcenter.admin.pages import StaffRequest, staff_page
from participants.access import registration_or_404, registrations_for
from participants.domain.read_log import note
from participants.models import Registration
from participants.states import Door, RegistrationState

MISSING = "admin:groups_matchrun_missing"
WHY = "admin:groups_matchrun_why"
BENCH = "admin:groups_selfhelpgroup_bench"


class MissingPages:
    """The pages beside the list of proposals; part of the admin of runs."""

    admin_site: Any
    opts: Any

    def missing_urls(self) -> list[URLPattern]:
        return [
            path("missing/", self.missing_view, name="missing"),
            path("waits/", self.fairness_view, name="fairness"),
            path("why/<int:pk>/", self.why_view, name="why"),
            path("ask/", self.ask_view, name="ask"),
            path("question/<int:pk>/<slug:answer>/", self.heard_view, name="heard"),
        ]

    def missing_view(self, request: StaffRequest) -> HttpResponse:
        """Groups that nearly can be, at one of the reader's centres."""
        centre = self._centre(request)
        page = Standing(centre, today=timezone.localdate()).page()
        self._note(request, page.people)
        return self._answer(request, "missing", _("What is missing"), centre, page=page)

    def fairness_view(self, request: StaffRequest) -> HttpResponse:
        """Who waits longest, at one of the reader's centres."""
        centre = self._centre(request)
        page = fairness_page(centre, today=timezone.localdate())
        self._note(request, [registration for registration, _days in page.longest])
        return self._answer(request, "fairness", _("Who waits longest"), centre, page=page, bar=BAR)

    def why_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """Why one person has no place, and what would help."""
        registration = registration_or_404(request.user, pk)
        self._note(request, [registration])
        today = timezone.localdate()
        centre = registration.participant.centre
        waits = (
            registration.state == RegistrationState.WAITING
            and not registration.is_paused(today)
            and not Seat.objects.live().filter(registration=registration).exists()
        )
        page = Standing(centre, today=today).why(registration) if waits else None
        return self._answer(
            request,
            "why",
            _("Why no place yet"),
            centre,
            page=page,
            registration=registration,
            question=registration.questions.open().first(),
        )

    def _note(self, request: StaffRequest, shown: Iterable[Registration]) -> None:
        people = {registration.participant_id for registration in shown}
        note(request.user, people, door=Door.PROPOSALS)

    def _centre(self, request: StaffRequest) -> Centre:
        """The centre that the address names, of the reader's own; else the first of them."""
        own = centres_of(request.user).order_by("name")
        text = request.GET.get("centre", "")
        if text:
            if not (text.isascii() and text.isdigit() and len(text) < 19):
                raise Http404
            return get_object_or_404(own, pk=int(text))
        first = own.first()
        if first is None:
            raise Http404
        return first

    def _answer(
        self, request: StaffRequest, name: str, title: str, centre: Centre, **context: Any
    ) -> HttpResponse:
        own = centres_of(request.user).order_by("name")
        return staff_page(
            self,
            request,
            f"admin/groups/matchrun/{name}.html",
            {
                "title": title,
                "centre": centre,
                "tabs": [(each, f"?centre={each.pk}", each == centre) for each in own],
                **context,
            },
        )

    def ask_view(self, request: StaffRequest) -> HttpResponse:
        """Ask each of those who are ticked the one question beside them."""
        if request.method != "POST":
            return redirect(MISSING)
        chosen = [self._chosen(request, value) for value in request.POST.getlist("ask")]
        asked = 0
        for registration, about in chosen:
            try:
                ask_one_question(registration, about, actor=request.user)
                asked += 1
            except REFUSALS as error:
                reference = registration.participant.reference
                messages.warning(request, f"{reference}: {refusal(error)}")
        if asked:
            told = ngettext("%(n)s person is asked.", "%(n)s people are asked.", asked)
            messages.success(request, told % {"n": asked})
        elif not chosen:
            messages.warning(request, _("Tick whom you would like to ask."))
        if request.POST.get("back") == "why" and chosen:
            return redirect(WHY, chosen[0][0].pk)
        if request.POST.get("back") == "group":
            return redirect(GROUP_PAGE, group_or_404(request.user, _number(request, "group")).pk)
        if request.POST.get("back") == "bench":
            return redirect(f"{reverse(BENCH)}?{urlencode({'b': request.POST.get('b', '')})}")
        centre = chosen[0][0].participant.centre_id if chosen else request.POST.get("centre", "")
        return redirect(f"{reverse(MISSING)}?{urlencode({'centre': centre})}")

    def _chosen(self, request: StaffRequest, value: str) -> tuple[Any, str]:
        """The registration and the code in "12 slot:tue-evening"; missing, if it is not theirs."""
        pk, _space, about = value.partition(" ")
        if not (pk.isascii() and pk.isdigit() and len(pk) < 19) or about not in dict(askable()):
            raise Http404
        return registration_or_404(request.user, int(pk)), about

    def heard_view(self, request: StaffRequest, pk: int, answer: str) -> HttpResponse:
        """What a person said to their question, by telephone or in the door."""
        own = registrations_for(request.user)
        question = get_object_or_404(
            Question.objects.filter(registration__in=own).select_related("registration"), pk=pk
        )
        if answer not in Answer.values:
            raise Http404
        if request.method == "POST":
            self._hear(request, question, answer)
        if request.POST.get("back") == "missing":
            return redirect(MISSING)
        return redirect(PERSON_PAGE, question.registration_id)

    def _hear(self, request: HttpRequest, question: Question, answer: str) -> None:
        user: Any = request.user
        try:
            answer_question(question, answer, actor=user)
        except REFUSALS as error:
            messages.warning(request, refusal(error))
        else:
            messages.success(request, _("The answer is saved."))


def _number(request: HttpRequest, name: str) -> int:
    """The row's number that was posted; missing, if it is none."""
    value = request.POST.get(name, "")
    if not (value.isascii() and value.isdigit() and len(value) < 19):
        raise Http404
    return int(value)
