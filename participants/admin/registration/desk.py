"""The list of people, and the page where staff do everything that has to do with one of them."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centres.access import Right, centres_of, request_scope
from centres.admin.scope import CentreScopedAdmin
from linkcenter.admin.bulk import BulkActsMixin
from linkcenter.admin.hidden_search import revealed
from linkcenter.admin.named_views import PARAMETER, NamedViewsMixin
from linkcenter.admin.pages import OwnAddPageMixin, OwnPageMixin, staff_page
from linkcenter.forms.base import ActForm
from linkcenter.models import User
from participants.admin.messages.writing import MOST
from participants.admin.noted_lists import listed
from participants.admin.registration.acts import LIST, PAGE, PersonActs
from participants.admin.registration.booking import TalkActs
from participants.admin.registration.merging import MergeActs
from participants.admin.registration.moving import MoveActs
from participants.admin.registration.own_page_acts import InsteadActs, holds
from participants.admin.registration.page import days_waited, person_page
from participants.admin.registration.responsible import CareActs, ResponsibleFilter
from participants.admin.registration.stale_page import sealed
from participants.domain.errors import RegistrationError
from participants.domain.person.search import find_people, hidden
from participants.domain.read_log import note, readings_of
from participants.domain.registration.register import register_interest
from participants.forms.registration.phone import PhoneRegistrationForm
from participants.lists import ODD
from participants.models import Registration
from participants.responsible import RESPONSIBLE
from participants.states import Door, RegistrationState

LONGEST_SEARCH = 100


class RegistrationDesk(
    CareActs,
    MergeActs,
    MoveActs,
    InsteadActs,
    TalkActs,
    PersonActs,
    BulkActsMixin,
    NamedViewsMixin,
    OwnPageMixin,
    OwnAddPageMixin,
    CentreScopedAdmin,
):
    """Everybody who wants a group at the reader's centres. Their state follows from acts."""

    centre_path = "centre"
    all_help = gettext_lazy("Everybody who has registered here, the latest first.")
    change_list_template = "admin/participants/registration/change_list.html"
    list_display = [
        *("person", "first_name", "waited", "state_words", "last_contact", "tries"),
        *("booked_talk", "how_to_meet", "responsible_name"),
    ]
    list_display_links = ["person"]
    list_select_related = ["participant", "talk_by", "responsible"]
    list_filter = [*NamedViewsMixin.list_filter, ResponsibleFilter]
    ordering = ["-registered_at", "-pk"]
    search_fields = ["pk"]  # makes Django ask get_search_results, which searches otherwise
    actions = ["write_to"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows: Any = super().get_queryset(request)
        if _lists_people(request):
            rows = rows.exclude(state=RegistrationState.HELD)
        return rows.select_related(*self.list_select_related).with_contact()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == RESPONSIBLE or super().lookup_allowed(lookup, value, request)

    # The list

    def bulk_shown(self, request: HttpRequest, rows: list[Any]) -> None:
        reader: Any = request.user
        note(reader, [row.participant_id for row in rows], door=Door.LIST)

    @admin.action(description=gettext_lazy("Write to them"), permissions=["view"])
    def write_to(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        people = queryset.exclude(state=RegistrationState.HELD).values_list("pk", flat=True)
        to = [("to", str(pk)) for pk in people[: MOST + 1]]
        if not 0 < len(to) <= MOST:
            text = _("Choose from one to %(n)s people. Whom we hold back gets no message.")
            messages.warning(request, text % {"n": MOST})
            return redirect(request.get_full_path())
        return redirect(f"{reverse('admin:linkcenter_message_write')}?{urlencode(to)}")

    @admin.display(description=gettext_lazy("reference"), ordering="participant_id")
    def person(self, registration: Registration) -> str:
        return registration.participant.reference

    @admin.display(description=gettext_lazy("first name"))
    def first_name(self, registration: Registration) -> str:
        return registration.participant.first_name

    @admin.display(description=gettext_lazy("days waited"), ordering="-registered_at")
    def waited(self, registration: Registration) -> int | None:
        return days_waited(registration)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_words(self, registration: Any) -> str:
        """The stored state, with what follows from talks and pauses."""
        if registration.state == RegistrationState.HELD:
            why = registration.get_held_because_display()
            return _("looks odd: %(why)s") % {"why": why}
        if registration.state == RegistrationState.CLOSED:
            why = registration.get_close_reason_display()
            return _("closed: %(why)s") % {"why": why}
        if registration.is_paused(timezone.localdate()):
            day = date_format(registration.paused_until, "SHORT_DATE_FORMAT")
            return _("paused until %(day)s") % {"day": day}
        if registration.state == RegistrationState.RECEIVED:
            spoken_of = registration.talk_at or registration.talk_declined_at
            return _("in contact") if registration.has_talk or spoken_of else _("new")
        return _("waiting")

    @admin.display(description=gettext_lazy("last contact"), ordering="last_contact_at")
    def last_contact(self, registration: Any) -> Any:
        at = registration.last_contact_at
        return timezone.localtime(at).date() if at else None

    @admin.display(description=gettext_lazy("tries without answer"))
    def tries(self, registration: Any) -> int | None:
        return registration.tries

    @admin.display(description=gettext_lazy("booked talk"), ordering="talk_at")
    def booked_talk(self, registration: Registration) -> str | None:
        if registration.talk_at is None:
            return None
        when = date_format(timezone.localtime(registration.talk_at), "SHORT_DATETIME_FORMAT")
        return f"{when}, {registration.get_talk_kind_display()}, {registration.talk_by}"

    @admin.display(description=gettext_lazy("how to meet"), ordering="format")
    def how_to_meet(self, registration: Registration) -> str:
        return registration.get_format_display()

    @admin.display(description=gettext_lazy("responsible"))
    def responsible_name(self, registration: Registration) -> str | None:
        return registration.responsible.name if registration.responsible else None

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        if not search_term:
            return queryset, False
        found = find_people(revealed(search_term), centre_ids=request_scope(request).centre_ids)
        return queryset.filter(participant__in=found.values("pk")), False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        text = revealed(request.GET.get("q", ""))
        page = super().changelist_view(request, {"search_text": text, **(extra_context or {})})
        door = Door.SEARCH if text else Door.LIST
        return listed(request, page, lambda row: [row.participant], door=door)

    def find_view(self, request: HttpRequest) -> HttpResponse:
        """To the list of those found. What was searched for is a name or a number: hidden in the
        address, so that it is in no log and no browser's history."""
        text = request.POST.get("text", "").strip()[:LONGEST_SEARCH]
        address = reverse(LIST)
        if not text:
            return redirect(address)
        return redirect(f"{address}?{urlencode({'q': hidden(text)})}")

    def add_page(self, request: HttpRequest) -> HttpResponse:
        """Somebody rang: the same questions as on the web, on one page."""
        user: Any = request.user
        centres = list(centres_of(user).filter(takes_registrations=True))
        asked_for = request.GET.get("centre", "")
        chosen = [centre for centre in centres if str(centre.pk) == asked_for] or centres
        form = None
        if len(chosen) == 1:
            form = PhoneRegistrationForm(
                request.POST if request.method == "POST" else None, centre=chosen[0]
            )
            if form.is_valid() and (registration := self._register(user, form)):
                messages.success(request, _("The registration is saved."))
                return redirect(PAGE, registration.pk)
        context = {
            "title": _("Register somebody"),
            "form": form,
            "choices": centres,
        }
        return staff_page(self, request, "admin/participants/registration/add_form.html", context)

    def _register(self, actor: User, form: PhoneRegistrationForm) -> Registration | None:
        person, interest, agreement = form.entry()
        try:
            return register_interest(
                form.centre,
                person=person,
                interest=interest,
                agreement=agreement,
                channel=form.cleaned_data["channel"],
                submission_key=form.cleaned_data["submission_key"],
                actor=actor,
            )
        except RegistrationError as error:
            form.add_error(None, str(error.message))
            return None

    # One person

    def acts(self) -> list[URLPattern]:
        return [
            path("find/", self.find_view, name="find"),
            *self.person_acts(),
            *self.talk_acts(),
            *self.instead_acts(),
            *self.move_acts(),
            *self.merge_acts(),
            *self.care_acts(),
        ]

    def page(
        self, request: HttpRequest, registration: Any, filled_in: ActForm | None = None
    ) -> HttpResponse:
        participant = registration.participant
        reader: Any = request.user
        if question := self.why_first(request, registration):
            return question
        note(reader, [participant.pk], door=Door.PERSON)
        shown = person_page(registration, reader=reader, filled_in=filled_in)
        note(reader, [each.participant_id for each in shown["look_alikes"]], door=Door.LIST)
        may_see_readers = holds(request, Right.SEE_READERS, participant)
        context = {
            **shown,
            **self.care(registration, reader, filled_in),
            "is_lead": holds(request, Right.DELETE_PERSON, participant),
            "readings": readings_of(participant, with_names=True) if may_see_readers else [],
            "as_seen": sealed(registration),
            "title": registration.participant.reference,
            "state_words": self.state_words(registration),
        }
        return staff_page(
            self, request, "admin/participants/registration/change_form.html", context
        )


def _lists_people(request: HttpRequest) -> bool:
    """Whether this is the list in any view but the one of those that are held back."""
    is_list = request.resolver_match is not None and request.resolver_match.view_name == LIST
    return is_list and request.GET.get(PARAMETER) != ODD.slug
