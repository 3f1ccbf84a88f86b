"""The match workbench: two panes, those who wait and the group that is being made of them."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from centres.access import centres_of
from centres.domain.booking.weekly_times import BookingError
from centres.models import Centre
from centres.week import WEEK_SLOTS
from groups.access import group_or_404, seat_or_404
from groups.admin.shared import GROUP_PAGE
from groups.admin.workbench.forms import AllTheSameForm, MakeForm, ShapeForm
from groups.admin.workbench.page import bench_page, filters_in
from groups.domain.errors import GroupError, WrongMoment
from groups.domain.forming.by_hand import add_by_hand, form_by_hand
from groups.domain.forming.members import remove_person
from groups.domain.running.newcomers import may_be_offered
from groups.match_input import can_be_placed
from groups.models import SelfHelpGroup
from groups.workbench.desk import Bench
from groups.workbench.draft import Draft, unseal
from groups.workbench.filling import filled
from groups.workbench.fitting import groups_for_person
from groups.workbench.words import reasons_against, reasons_for
from linkcenter.admin.editing import AS_SEEN
from linkcenter.admin.pages import StaffRequest, posted, staff_page
from participants.access import registration_or_404
from participants.domain.errors import RegistrationError
from participants.domain.read_log import note
from participants.states import Door

BENCH = "admin:groups_selfhelpgroup_bench"
GROUP_BENCH = "admin:groups_selfhelpgroup_group_bench"
REFUSALS = (GroupError, BookingError, RegistrationError)
PART = "X-Part"  # of a page that a script has open: the bench alone is sent


class BenchPages:
    """Mixed into the admin of groups."""

    admin_site: Any
    opts: Any

    def bench_urls(self) -> list[URLPattern]:
        return [
            path("bench/", self.bench_view, name="bench"),
            path("bench/try/", self.try_view, name="bench_try"),
            path("bench/make/", self.make_view, name="bench_make"),
            path("for/<int:pk>/", self.for_person_view, name="for_person"),
            path("<int:pk>/bench/", self.group_bench_view, name="group_bench"),
            path("<int:pk>/bench/add/", self.bench_add_view, name="bench_add"),
            path("<int:pk>/bench/<int:seat_pk>/", self.bench_remove_view, name="bench_remove"),
        ]

    # A group that is not there yet

    def bench_view(self, request: StaffRequest) -> HttpResponse:
        """The draft in the address; else an empty one, or one that begins with somebody."""
        draft = unseal(request.GET.get("b", ""))
        if draft is None:
            draft = self._new_draft(request)
        return self._bench_page(request, self._bench_of(request, draft))

    def _new_draft(self, request: StaffRequest) -> Draft:
        begins_with = request.GET.get("with", "")
        if begins_with:
            registration = registration_or_404(request.user, _number(begins_with))
            return Draft(registration.participant.centre_id, (registration.pk,))
        own = centres_of(request.user).order_by("name")
        if request.GET.get("centre"):
            return Draft(get_object_or_404(own, pk=_number(request.GET["centre"])).pk)
        first = own.first()
        if first is None:
            raise Http404
        return Draft(first.pk)

    def _bench_of(self, request: StaffRequest, draft: Draft) -> Bench:
        centre = get_object_or_404(centres_of(request.user), pk=draft.centre)
        bench = Bench(centre, draft=draft, today=timezone.localdate())
        if bench.gone:
            text = ngettext(
                "%(n)s person is taken out here: they have a place by now, or wait no more.",
                "%(n)s people are taken out here: they have a place by now, or wait no more.",
                bench.gone,
            )
            messages.warning(request, text % {"n": bench.gone})
        return bench

    def try_view(self, request: StaffRequest) -> HttpResponse:
        """Another draft: somebody added or taken out, another time or kind of group."""
        draft = unseal(request.POST.get("b", "")) if request.method == "POST" else None
        if draft is None:
            return redirect(BENCH)
        changed = self._changed(request, draft)
        filters = filters_in(QueryDict(request.POST.get("filters", "")))
        return redirect(f"{reverse(BENCH)}?{urlencode({'b': changed.seal(), **filters})}")

    def _changed(self, request: StaffRequest, draft: Draft) -> Draft:
        posted = request.POST
        if "add" in posted:
            changed = draft.with_members(self._placeable(request, draft, posted["add"]))
            messages.success(request, _("Added to the group you are trying out."))
        elif "remove" in posted:
            changed = draft.without(_number(posted["remove"]))
            messages.success(request, _("Taken out of the group you are trying out."))
        elif "slot" in posted:
            slot = posted["slot"] if posted["slot"] in WEEK_SLOTS else ""
            changed = replace(draft, shape=replace(draft.shape, slot=slot))
        elif posted.get("act") == "fill":
            changed = filled(self._bench_of(request, draft))
            self._say_filled(request, len(changed.members) - len(draft.members))
        elif posted.get("act") == "shape":
            form = ShapeForm(posted, bench=self._bench_of(request, draft), action="")
            changed = draft
            if form.is_valid():
                changed = replace(draft, shape=replace(draft.shape, **form.shape))
        else:
            changed = Draft(draft.centre)
        return changed

    def _placeable(self, request: StaffRequest, draft: Draft, pk: str) -> int:
        """Somebody who waits and can be in a group of the centre, which is the reader's own."""
        centre = get_object_or_404(centres_of(request.user), pk=draft.centre)
        rows = can_be_placed([centre], today=timezone.localdate())
        return get_object_or_404(rows, pk=_number(pk)).pk

    def _say_filled(self, request: HttpRequest, number: int) -> None:
        if not number:
            messages.info(request, _("Nobody else who waits fits with these."))
            return
        text = ngettext("%(n)s person added.", "%(n)s people added.", number)
        messages.success(request, text % {"n": number})

    def make_view(self, request: StaffRequest) -> HttpResponse:
        """What was tried out becomes a group that is being formed; nobody is told yet."""
        draft = unseal(request.POST.get("b", "")) if request.method == "POST" else None
        if draft is None:
            return redirect(BENCH)
        bench = self._bench_of(request, draft)
        form = MakeForm(request.POST, bench=bench, broken=bench.broken, action=request.path)
        if form.is_valid():
            try:
                group = form_by_hand(
                    bench.centre,
                    registrations=draft.members,
                    key=bench.key,
                    venue=form.places[form.cleaned_data["place"]].venue,
                    initiator=form.helpers.get(form.cleaned_data["initiator"]),
                    from_date=form.cleaned_data["from_date"],
                    actor=request.user,
                    **form.approval,
                )
            except REFUSALS as error:
                form.add_error(None, str(error.message))
            else:
                messages.success(request, _("The group is formed. Nobody is told yet."))
                return redirect(GROUP_PAGE, group.pk)
        return self._bench_page(request, bench, make=form)

    # A group that is there

    def group_bench_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """Who fits here? Everybody who waits, beside the group."""
        group = self._open_group(request, pk)
        if group is None:
            return redirect(GROUP_PAGE, pk)
        return self._bench_page(request, self._bench_with(group))

    def _open_group(self, request: StaffRequest, pk: int) -> SelfHelpGroup | None:
        """The group, if people may be added to it."""
        group = group_or_404(request.user, pk)
        if group.is_forming or may_be_offered(group, today=timezone.localdate()):
            return group
        messages.warning(request, str(WrongMoment.message))
        return None

    def _bench_with(self, group: SelfHelpGroup) -> Bench:
        return Bench(group.centre, group=group, today=timezone.localdate())

    def bench_add_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """Add somebody, with a reason where that breaks rules."""
        if request.method != "POST":
            return redirect(GROUP_BENCH, pk)
        group = self._open_group(request, pk)
        if group is None:
            return redirect(GROUP_PAGE, pk)
        bench = self._bench_with(group)
        person = bench.find(_number(request.POST.get("registration", "")))
        if person is None:
            messages.warning(request, _("This person has a place by now, or waits no more."))
            return self._to_group_bench(request, pk)
        form = AllTheSameForm(
            request.POST
            if "broken_because" in request.POST
            else {"registration": person.registration.pk},
            centre=bench.centre,
            broken=bench.broken_by(person),
            action=request.path,
        )
        if form.broken and not form.is_valid():
            if "broken_because" not in request.POST:
                form = AllTheSameForm(
                    initial={"registration": person.registration.pk},
                    centre=bench.centre,
                    broken=form.broken,
                    action=request.path,
                )
            return self._bench_page(request, bench, all_the_same=(person, form))
        group.as_seen = request.POST.get(AS_SEEN, "")
        form.is_valid()
        try:
            add_by_hand(group, person.registration, actor=request.user, **form.approval)
        except REFUSALS as error:
            messages.warning(request, str(error.message))
        else:
            messages.success(request, _("Added. Nobody is told yet."))
        return self._to_group_bench(request, pk)

    @posted
    def bench_remove_view(self, request: StaffRequest, pk: int, seat_pk: int) -> HttpResponse:
        seat = seat_or_404(request.user, pk, seat_pk)
        seat.group.as_seen = request.POST.get(AS_SEEN, "")
        try:
            remove_person(seat, actor=request.user)
        except REFUSALS as error:
            messages.warning(request, str(error.message))
        else:
            messages.success(request, _("Taken out. The person waits on."))
        return self._to_group_bench(request, pk)

    def _to_group_bench(self, request: HttpRequest, pk: int) -> HttpResponse:
        filters = filters_in(QueryDict(request.POST.get("filters", "")))
        return redirect(f"{reverse(GROUP_BENCH, args=[pk])}?{urlencode(filters)}")

    # The page

    def _bench_page(self, request: StaffRequest, bench: Bench, **forms: Any) -> HttpResponse:
        filters = QueryDict(request.POST.get("filters", ""))
        query = filters if request.method == "POST" else request.GET
        shown = bench_page(bench, query, **forms)
        note(request.user, shown["people"], door=Door.BENCH)
        own: list[Centre] = list(centres_of(request.user).order_by("name"))
        name = "_bench" if PART in request.headers else "bench"
        response = staff_page(
            self,
            request,
            f"admin/groups/selfhelpgroup/{name}.html",
            {
                **shown,
                "title": bench.group.name if bench.group else _("Workbench"),
                "tabs": [(each, f"?centre={each.pk}", each == bench.centre) for each in own],
            },
        )
        response[PART] = "bench"
        return response

    def for_person_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """Which group fits this person? Those that have room, with reasons for and against."""
        registration = registration_or_404(request.user, pk)
        note(request.user, [registration.participant_id], door=Door.BENCH)
        today = timezone.localdate()
        centre = registration.participant.centre
        waits = can_be_placed([centre], today=today).filter(pk=pk).exists()
        found = groups_for_person(registration, today=today) if waits else []
        rows = [
            (
                one,
                list(reasons_for(one.key, one.person)),
                list(reasons_against(one.key, one.person)),
            )
            for one in found
        ]
        return staff_page(
            self,
            request,
            "admin/groups/selfhelpgroup/for_person.html",
            {
                "title": _("Which group fits?"),
                "registration": registration,
                "waits": waits,
                "rows": rows,
            },
        )


def _number(text: str) -> int:
    """The row's number in an address or a form; missing, if it is none."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Http404
    return int(text)
