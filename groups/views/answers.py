"""What the people in groups meet: the pages where an invitation or a question is answered."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from groups.domain.asking.answering import other_times, say_no, say_other_time, say_yes
from groups.domain.asking.asking import asked_seat
from groups.domain.errors import TooLate
from groups.domain.waiting.questions import answer_question, open_question
from groups.forms.answers import AnswerForm, NoForm, OtherTimeForm, YesForm
from groups.models import Seat
from groups.states import Answer
from linkcenter.web import limits
from participants.domain.errors import RegistrationError
from participants.domain.person.links import find_link
from participants.models import PersonalLink
from participants.states import LinkPurpose

FORMS: tuple[type[AnswerForm], ...] = (YesForm, OtherTimeForm, NoForm)
OTHER_THANKS = ("yes_join", "also_yes", "also_no", "shared")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation and take the answer to it.

    No login: holding the link is the permission. To look changes nothing, since mail programs
    open links before people do; only a button does.
    """
    link = find_link(token, LinkPurpose.ANSWER, now=timezone.now())
    seat = asked_seat(link.participant) if link else None
    if link is None or seat is None:
        return closed(request)
    sent = request.POST.get("answer") if request.method == "POST" else None
    forms = {form.code: form(request.POST if sent == form.code else None) for form in FORMS}
    if not forms["other_time"].is_bound:
        forms["other_time"].initial["availability"] = other_times(seat)
    chosen = forms.get(sent or "")
    if chosen and chosen.is_valid():
        try:
            _take(chosen, seat, link)
        except TooLate:
            return closed(request)
        joins = seat.is_newcomer and chosen.code == "yes"
        return redirect("groups:answered", "yes_join" if joins else chosen.code)
    return render(
        request,
        "groups/answer.html",
        {
            "seat": seat,
            "group": seat.group,
            "centre": seat.group.centre,
            "slot": seat.group.slot,
            "hours": whole_hours(seat.group.slot.minutes) if seat.group.slot else 0,
            "helped": seat.group.centre.initiator_meetings,
            "forms": forms,
            "form": chosen,
        },
    )


def _take(form: AnswerForm, seat: Seat, link: PersonalLink) -> None:
    if form.code == "yes":
        say_yes(seat, link=link)
    elif form.code == "other_time":
        say_other_time(seat, link=link, availability=form.cleaned_data["availability"])
    else:
        say_no(seat, link=link, no_reason=form.cleaned_data["no_reason"])


def whole_hours(minutes: int) -> int:
    """0 where it is no whole number of hours."""
    return 0 if minutes % 60 else minutes // 60


def closed(request: HttpRequest) -> HttpResponse:
    """The same kind page for a link that is used, late, replaced or invented.

    Whoever tries many is told so by the status; a link that works is never held up by them.
    """
    is_within = limits.spend(limits.UNKNOWN_LINKS, limits.sender(request))
    return render(request, "groups/answer_closed.html", status=404 if is_within else 429)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, token: str) -> HttpResponse:
    """Show the one question and take a yes or a no to it. To look changes nothing."""
    link = find_link(token, LinkPurpose.QUESTION, now=timezone.now())
    asked = open_question(link.participant) if link else None
    if link is None or asked is None:
        return closed(request)
    said = request.POST.get("answer") if request.method == "POST" else None
    if said in Answer.values:
        try:
            answer_question(asked, str(said), link=link)
        except (TooLate, RegistrationError):
            return closed(request)
        return redirect("groups:answered", f"also_{said}")
    centre = asked.registration.participant.centre
    context = {"question": asked, "centre": centre, "nothing_chosen": request.method == "POST"}
    return render(request, "groups/question.html", context)


@never_cache
@require_safe
def answered(request: HttpRequest, code: str) -> HttpResponse:
    """Thanks for an answer. The address holds no token, and the page nothing about anybody."""
    if code not in {*(form.code for form in FORMS), *OTHER_THANKS}:
        raise Http404
    return render(request, "groups/answered.html", {"code": code})
