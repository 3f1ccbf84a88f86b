"""The list of events, and the page of one: the event itself, and who comes to it."""

from typing import Any
from uuid import uuid4

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from centres.access import event_or_404, request_scope
from centres.admin.scope import CentreScopedAdmin
from centres.domain.booking.single_uses import hold_rooms
from centres.domain.booking.weekly_times import BookingError
from centres.domain.events.changes import (
    cancel_event,
    change_event,
    delete_event,
    write_down_who_came,
)
from centres.domain.events.errors import EventError, HasSignUps
from centres.domain.events.sign_ups import give_up_place, sign_up, takes_sign_ups
from centres.forms.staff.events import CameForm, CancelForm, EventForm, HeardSignUpForm
from centres.lists.events import EVENT_VIEWS
from centres.models import Event, Venue
from centres.states import EventActivity
from linkcenter.admin.named_views import NamedViewFilter, NamedViewsMixin
from linkcenter.admin.pages import StaffRequest, posted, staff_page
from linkcenter.models import Message
from linkcenter.timeline import record_opening

PAGE = "admin:centres_event_change"


@admin.register(Event)
class EventAdmin(NamedViewsMixin, CentreScopedAdmin):
    """Administrators may change an event, too. Who comes, only staff of its centre see."""

    form = EventForm
    open_to_administrators = True
    named_views = EVENT_VIEWS
    all_help = gettext_lazy("All events, the latest first.")
    change_list_template = "admin/tabbed_change_list.html"
    change_form_template = "admin/centres/event/change_form.html"
    list_display = ["title", "kind", "centre", "starts_at", "who_comes", "came", "published"]
    list_filter = [NamedViewFilter, "centre", "kind"]
    list_select_related = ["centre"]
    ordering = ["-starts_at", "-pk"]
    search_fields = ["title_nb", "title_nn", "title_en"]
    search_help_text = gettext_lazy("Search by title.")
    fieldsets = [
        (None, {"fields": ["centre", "kind", "published"]}),
        (
            gettext_lazy("When and where"),
            {"fields": [("starts_at", "ends_at"), "rooms", "place", "digital"]},
        ),
        (
            gettext_lazy("How people come"),
            {"fields": ["attendance", "capacity", "joining"]},
        ),
        (
            gettext_lazy("Bokmål"),
            {"fields": ["title_nb", "audience_nb", "description_nb"]},
        ),
        (
            gettext_lazy("Nynorsk"),
            {"classes": ["collapse"], "fields": ["title_nn", "audience_nn", "description_nn"]},
        ),
        (
            gettext_lazy("English"),
            {"classes": ["collapse"], "fields": ["title_en", "audience_en", "description_en"]},
        ),
        (gettext_lazy("More about it"), {"fields": ["held_in", "organiser"]}),
        (gettext_lazy("For staff"), {"fields": ["note"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows: Any = super().get_queryset(request)
        return rows.select_related("centre").with_sign_up_counts()

    # The list

    @admin.display(description=gettext_lazy("signed up"))
    def who_comes(self, event: Any) -> str:
        if not event.takes_sign_ups:
            return _("just come")
        text = f"{event.confirmed_count}"
        if event.capacity is not None:
            text = _("%(taken)s of %(places)s") % {"taken": text, "places": event.capacity}
        if event.waiting_count:
            text += ngettext(", %(n)s waits", ", %(n)s wait", event.waiting_count) % {
                "n": event.waiting_count
            }
        return text

    # The event itself

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> list[str] | tuple[Any, ...]:
        """Who has signed up has told it to this centre and to no other."""
        has_people = isinstance(obj, Event) and obj.sign_ups.exists()
        return ["centre"] if has_people else []

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """A form that offers the rooms and licences of the reader's own centres."""
        form = super().get_form(request, obj, change, **kwargs)
        venues: Any = self.rows_in_scope(Venue, request)
        return type(form.__name__, (form,), {"venues": venues.filter(active=True)})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            super().save_model(request, obj, form, change)
            hold_rooms(obj, form.rooms_wanted)
            return
        user: Any = request.user
        if told := change_event(obj, venues=form.rooms_wanted, actor=user):
            text = ngettext(
                "%(n)s person is told what has changed.",
                "%(n)s people are told what has changed.",
                told,
            )
            messages.info(request, text % {"n": told})

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (EventError, BookingError) as refused:  # something happened since the check
            messages.error(request, str(refused.message))
            return redirect(request.get_full_path())

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj is not None:
            context |= self._about(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _about(self, request: HttpRequest, event: Event) -> dict[str, Any]:
        """What stands on the page beside the form; the people only for staff of the centre."""
        now = timezone.now()
        is_over = event.is_over_at(now)
        context: dict[str, Any] = {
            "event": event,
            "is_over": is_over,
            "can_be_cancelled": not (event.is_cancelled or is_over or event.starts_at is None),
        }
        if is_over and event.published and not event.is_cancelled:
            action = reverse("admin:centres_event_came", args=[event.pk])
            context["came_form"] = CameForm(initial={"came": event.came}, action=action)
        if event.centre_id in request_scope(request).centre_ids:
            people = list(event.sign_ups.all())
            if people:
                user: Any = request.user
                record_opening(event, EventActivity.GUESTS_OPENED, actor=user, now=now)
            if people or event.takes_sign_ups:
                context["people"] = _with_calls(event, people)
                context["can_sign_up"] = takes_sign_ups(event, now=now)
                context["timeline"] = event.activities.latest_first()
        return context

    # Deleting

    def delete_view(self, request: HttpRequest, object_id: str, *args: Any) -> HttpResponse:
        event = self.get_object(request, unquote(object_id))
        try:
            if event is not None and event.sign_ups.live().exists():
                raise HasSignUps
            return super().delete_view(request, object_id, *args)
        except HasSignUps as refused:  # also when somebody signed up in the meantime
            messages.error(request, str(refused.message))
            return redirect(PAGE, unquote(object_id))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        delete_event(obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """An event that people count on protects itself; what else hangs on one goes with it."""
        shown, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        forbidden &= {self.opts.verbose_name}
        counted_on = [str(event) for event in objs if event.sign_ups.live().exists()]
        return shown, counts, forbidden, [*protected, *counted_on]

    # Acts

    def get_urls(self) -> list[URLPattern]:
        acts = [
            path("<int:pk>/cancel/", self.cancel_view, name="cancel"),
            path("<int:pk>/came/", self.came_view, name="came"),
            path("<int:pk>/sign-ups/add/", self.sign_up_view, name="sign_up"),
            path("<int:pk>/sign-ups/", self.print_view, name="sign_ups"),
            path("<int:pk>/sign-ups/<int:sign_up>/give-up/", self.give_up_view, name="give_up"),
        ]
        for act in acts:
            act.callback = self.admin_site.admin_view(act.callback)
            act.name = f"centres_event_{act.name}"
        return [*acts, *super().get_urls()]

    def _page(
        self, request: HttpRequest, event: Event, name: str, title: str, **context: Any
    ) -> HttpResponse:
        told = {"title": title, "event": event, **context}
        return staff_page(self, request, f"admin/centres/event/{name}.html", told)

    def cancel_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """Look once more at what happens, then cancel."""
        event = get_object_or_404(self.get_queryset(request), pk=pk)
        form = CancelForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                told = cancel_event(event, actor=request.user, **form.cleaned_data)
            except EventError as refused:
                messages.warning(request, str(refused.message))
            else:
                text = ngettext(
                    "The event is cancelled. %(n)s person is told.",
                    "The event is cancelled. %(n)s people are told.",
                    told,
                )
                messages.success(request, text % {"n": told})
            return redirect(PAGE, pk)
        live = event.sign_ups.live()
        by_mail = live.filter(email__isnull=False).count()
        return self._page(
            request,
            event,
            "cancel",
            _("Cancel the event"),
            form=form,
            by_mail=by_mail,
            by_phone=live.count() - by_mail,
        )

    @posted
    def came_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        event = get_object_or_404(self.get_queryset(request), pk=pk)
        form = CameForm(request.POST, action=request.path)
        if not form.is_valid():
            messages.warning(request, " ".join(str(error) for error in form.errors["came"]))
            return redirect(PAGE, pk)
        try:
            write_down_who_came(event, came=form.cleaned_data["came"])
        except EventError as refused:
            messages.warning(request, str(refused.message))
        else:
            messages.success(request, _("Written down. Thank you."))
        return redirect(PAGE, pk)

    def sign_up_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """Somebody rang."""
        event = event_or_404(request.user, pk)
        if not takes_sign_ups(event, now=timezone.now()):
            messages.warning(request, _("You cannot sign up for this event."))
            return redirect(PAGE, pk)
        form = HeardSignUpForm(
            request.POST if request.method == "POST" else None, initial={"form_id": uuid4()}
        )
        if form.is_valid():
            try:
                made = sign_up(event, actor=request.user, **form.cleaned_data)
            except EventError as refused:
                messages.warning(request, str(refused.message))
            else:
                done = _("They have a place.") if made.has_place else _("They wait in line.")
                messages.success(request, done)
            return redirect(PAGE, pk)
        return self._page(request, event, "sign_up", _("Sign somebody up"), form=form)

    @posted
    def give_up_view(self, request: StaffRequest, pk: int, sign_up: int) -> HttpResponse:
        event = event_or_404(request.user, pk)
        who = get_object_or_404(event.sign_ups.all(), pk=sign_up)
        try:
            give_up_place(who, actor=request.user)
        except EventError as refused:
            messages.warning(request, str(refused.message))
        else:
            messages.success(request, _("Done. If somebody waited, they have the place now."))
        return redirect(PAGE, pk)

    def print_view(self, request: StaffRequest, pk: int) -> HttpResponse:
        """A sheet for the door."""
        event = event_or_404(request.user, pk)
        people = list(event.sign_ups.live())
        if people:
            record_opening(event, EventActivity.GUESTS_PRINTED, actor=request.user)
        return self._page(
            request,
            event,
            "sign_ups",
            _("Signed up"),
            confirmed=sorted((p for p in people if p.has_place), key=lambda p: p.name.casefold()),
            waiting=[p for p in people if not p.has_place],
            printed_at=timezone.now(),
        )


def _with_calls(event: Event, people: list[Any]) -> list[tuple[Any, Message | None]]:
    """Each who has signed up, with what staff still have to tell them by hand."""
    to_tell = Message.objects.ring_instead().filter(sign_up__event=event)
    calls = {message.recipient_id: message for message in to_tell}
    return [(each, calls.get(each.pk)) for each in people]
