"""The same person registered twice: both side by side, and what of each is right."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linkcenter.admin.pages import StaffRequest
from linkcenter.forms.base import ActForm
from linkcenter.phones import show_phone
from participants.access import registration_or_404
from participants.admin.registration.acts import PAGE
from participants.admin.registration.forms import ContactForm
from participants.admin.registration.stale_page import is_still_so, sealed
from participants.domain.errors import RegistrationError
from participants.domain.locks import hold_registrations
from participants.domain.person.contact import ContactError, Person, person_of
from participants.domain.read_log import note
from participants.domain.registration.duplicates import are_two_people, look_alikes
from participants.domain.registration.merging import merge
from participants.models import Consent, Participant, Registration
from participants.states import Door

TWICE = "admin:participants_registration_twice"
TO_CHOOSE = (
    *("name", "phone", "email", "postal_address", "preferred_way", "safe_times"),
    *("language", "birth_year", "gender"),
)


def in_words(participant: Participant, name: str) -> str:
    """What the person's row says, as staff read it."""
    value = getattr(participant, name)
    if value in (None, ""):
        return ""
    if name == "phone":
        return show_phone(value)
    shown: Any = getattr(participant, f"get_{name}_display", lambda: value)
    return str(shown())


def called(name: str) -> str:
    """What the form for contact details calls the field."""
    fields: Any = ContactForm.base_fields
    return str(fields[name].label)


class MergeForm(ActForm):
    """Which one goes on, and which of two telephone numbers, names or addresses is right."""

    key = "merge"
    submit_label = gettext_lazy("It is the same person: go on with one")

    def __init__(
        self, *args: Any, pair: tuple[Registration, Registration], goes_on: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pair = {str(each.pk): each for each in pair}
        self.fields["goes_on"] = self._either(
            gettext_lazy("Which one goes on?"),
            [str(each) for each in pair],
            goes_on,
            help_text=gettext_lazy("The wishes and the times of this one are kept."),
        )
        first, second = (each.participant for each in pair)
        for name in TO_CHOOSE:
            values = [in_words(first, name), in_words(second, name)]
            if values[0] != values[1]:
                label = called(name)
                has = next((pk for pk, each in self._with(name) if pk == goes_on), None)
                first_with = next((pk for pk, each in self._with(name)), goes_on)
                self.fields[name] = self._either(label, values, has or first_with)

    def _with(self, name: str) -> Iterator[tuple[int, Registration]]:
        for each in self.pair.values():
            if getattr(each.participant, name) not in (None, ""):
                yield each.pk, each

    def _either(
        self, label: Any, words: Iterable[str], initial: int, **kwargs: Any
    ) -> forms.ChoiceField:
        rows = zip(self.pair.values(), words, strict=True)
        ask = gettext_lazy("Choose one of the two.")
        return forms.ChoiceField(
            label=label,
            choices=[(str(each.pk), said or _("nothing")) for each, said in rows],
            initial=str(initial),
            widget=forms.RadioSelect,
            error_messages={"required": ask, "invalid_choice": ask},
            **kwargs,
        )

    @property
    def staying(self) -> Registration:
        return self.pair[self.cleaned_data["goes_on"]]

    @property
    def closing(self) -> Registration:
        return next(each for each in self.pair.values() if each != self.staying)

    def person(self) -> Person:
        """The one who goes on, with what was chosen of the other."""
        chosen = {
            name: getattr(self.pair[self.cleaned_data[name]].participant, name)
            for name in TO_CHOOSE
            if name in self.cleaned_data
        }
        return person_of(self.staying.participant, **chosen)


class MergeActs:
    """For the admin of registrations."""

    admin_site: Any
    opts: Any
    act_page: Any
    state_words: Any
    get_queryset: Any
    why_first: Any

    def merge_acts(self) -> list[URLPattern]:
        return [path("<int:pk>/twice/<int:other_pk>/", self.twice_view, name="twice")]

    def twice_view(self, request: StaffRequest, pk: int, other_pk: int) -> HttpResponse:
        """Both side by side. Whoever looks at both has opened both: noted."""
        registration = registration_or_404(request.user, pk)
        other = registration_or_404(request.user, other_pk)
        if not (registration.is_open and other.is_open):
            return redirect(PAGE, pk)
        alike: Any = look_alikes(registration).filter(pk=other.pk).first()
        if alike is None:
            raise Http404
        swapped = reverse(TWICE, args=[other_pk, pk])
        if question := self.why_first(request, other, way_on=swapped):
            return question
        if request.method == "POST" and "two" in request.POST:
            return self._two(request, registration, other)
        pair = (registration, other)
        form = MergeForm(
            request.POST if request.method == "POST" else None,
            pair=pair,
            goes_on=self._the_one_with_a_place(request, pair),
            action=request.path,
        )
        if form.is_valid() and self._merge(request, form):
            messages.success(request, _("Now they are one, with the earliest date of the two."))
            return redirect(PAGE, form.staying.pk)
        note(request.user, [other.participant_id], door=Door.PERSON)
        rows = self.get_queryset(request).in_bulk([pk, other_pk])
        return self.act_page(
            request,
            registration,
            "twice.html",
            title=_("The same person?"),
            other=other,
            are_two=alike.are_two,
            form=form,
            facts=list(self._side_by_side([rows[pk], rows[other_pk]])),
            pair=pair,
            as_seen=sealed(*pair),
        )

    def _two(
        self, request: StaffRequest, registration: Registration, other: Registration
    ) -> HttpResponse:
        try:
            are_two_people(registration, other, by=request.user)
        except RegistrationError as error:
            messages.warning(request, str(error.message))
        else:
            messages.success(request, _("Noted: they are two people. Nobody is asked again."))
        return redirect(PAGE, registration.pk)

    def _the_one_with_a_place(self, request: StaffRequest, pair: Iterable[Registration]) -> int:
        """Who has most to lose: a place, a talk that is booked, one that was, the earlier date."""
        rows = self.get_queryset(request).filter(pk__in=[each.pk for each in pair])
        first, *_rest = sorted(
            rows,
            key=lambda row: (
                not getattr(row, "seat_state", None),
                row.talk_at is None,
                not row.has_talk,
                row.registered_at,
            ),
        )
        pk: int = first.pk
        return pk

    def _merge(self, request: StaffRequest, form: MergeForm) -> bool:
        try:
            with transaction.atomic():
                hold_registrations(*(each.participant_id for each in form.pair.values()))
                for each in form.pair.values():
                    if not is_still_so(request, each, form):
                        return False
                merge(form.closing, into=form.staying, person=form.person(), actor=request.user)
        except (RegistrationError, ContactError) as error:
            form.add_error(None, str(error.message))
            return False
        return True

    def _side_by_side(
        self, pair: list[Registration]
    ) -> Iterator[tuple[str | Promise, list[str], bool]]:
        """Each thing, what it is of the one and of the other, and whether they differ."""
        rows: list[tuple[str | Promise, list[Any]]] = [
            (
                _("Registered"),
                [date_format(each.registered_at, "SHORT_DATE_FORMAT") for each in pair],
            ),
            (_("Came by"), [each.get_channel_display() for each in pair]),
            (_("State"), [self.state_words(each) for each in pair]),
        ]
        rows += [
            (called(name), [in_words(each.participant, name) for each in pair])
            for name in TO_CHOOSE
        ]
        yes_no = {True: _("yes"), False: _("no")}
        rows += [
            (
                _("Leave a message?"),
                [yes_no[each.participant.may_leave_message] for each in pair],
            ),
            (_("Consents"), _consents(pair)),
            (_("For whom"), [each.get_role_display() for each in pair]),
            (_("Kind of group"), [each.get_kind_display() for each in pair]),
            (_("How to meet"), [each.get_format_display() for each in pair]),
            (_("Themes"), [", ".join(map(str, each.themes.all())) for each in pair]),
            (_("Message"), [each.message for each in pair]),
            (_("Talks and tries"), [str(each.talks.count()) for each in pair]),
            (_("Messages"), [str(each.participant.messages.count()) for each in pair]),
        ]
        for label, words in rows:
            if any(words):
                yield label, words, words[0] != words[1]


def _consents(pair: list[Registration]) -> list[str]:
    """What each of the two has said yes to, in words."""
    holding = Consent.objects.filter(
        participant__in=[each.participant_id for each in pair], withdrawn_at__isnull=True
    )
    said: dict[int, set[str]] = {each.participant_id: set() for each in pair}
    for consent in holding.select_related("text"):
        said[consent.participant_id].add(str(consent.text.get_purpose_display()))
    return [", ".join(sorted(said[each.participant_id])) for each in pair]
