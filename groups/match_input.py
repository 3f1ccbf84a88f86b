"""From rows to the matcher's plain values, and back from its references to rows."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from centres.domain.booking import free_week_slots
from centres.models import Centre, Venue
from centres.states import VenueKind
from centres.week import WEEK_SLOTS
from groups import matching
from groups.models import Initiator, Seat
from participants.models import KeepApart, Participant, Registration, Theme
from participants.states import Gender

# A wish for "about my own age" is a wish for the band the person is in.
AGE_BANDS = {"18-30": (18, 30), "31-45": (31, 45), "46-60": (46, 60), "61+": (61, 120)}
MEETING_MINUTES = 120  # two hours, as every centre has it
DAYS_TO_PREPARE = 7  # from the last day to answer to the first meeting
GENDERS = {Gender.WOMAN: "f", Gender.MAN: "m", Gender.OTHER: "x", "": "x"}


def build_problem(centre: Centre, *, today: date) -> matching.Problem:
    """Everyone who waits at the centre without a seat, and the venues and initiators to be had.

    Ids are references (D-1042) and row numbers (v12, i3): nothing that names anybody.
    """
    waiting = list(waiting_without_seat(centre, today=today))
    themes = list(Theme.objects.values_list("slug", flat=True))
    return matching.Problem(
        as_of=today,
        rules=matching.Rules(
            min_size=centre.min_to_start, max_size=centre.max_size, allow_open_theme=True
        ),
        slots=WEEK_SLOTS,
        topics=tuple(themes),
        age_bands=AGE_BANDS,
        centres=(centre.slug,),
        venues=tuple(_venues(centre, first_date=first_date_for(centre, today=today))),
        initiators=tuple(
            _initiator(initiator, centre)
            for initiator in Initiator.objects.available().filter(centre=centre).order_by("pk")
        ),
        participants=tuple(_participant(registration, today) for registration in waiting),
        keep_apart=tuple(_keep_apart(waiting)),
    )


def first_date_for(centre: Centre, *, today: date) -> date:
    """The first day on which a group formed today can meet: asked, answered, and prepared."""
    return today + timedelta(days=centre.answer_days + DAYS_TO_PREPARE)


def waiting_without_seat(centre: Centre, *, today: date) -> QuerySet[Registration]:
    """Who a group can be found for: waiting, not paused, and with no live seat."""
    seats = Seat.objects.live().filter(registration=OuterRef("pk"))
    return (
        Registration.objects.waiting(today)
        .filter(~Exists(seats), participant__centre=centre)
        .select_related("participant__centre")
        .prefetch_related("themes")
        .order_by("registered_at", "pk")
    )


def _participant(registration: Registration, today: date) -> matching.Participant:
    person = registration.participant
    age = None if person.birth_year is None else today.year - person.birth_year
    return matching.Participant(
        id=person.reference,
        centres=(registration.participant.centre.slug,),
        topics=tuple(theme.slug for theme in registration.themes.all()),
        any_topic=registration.any_theme,
        role=registration.role,
        role_wish="same",
        format=registration.format,
        kind=registration.kind,
        slots=tuple(registration.availability),
        languages=tuple(registration.languages),
        gender=GENDERS[person.gender],
        gender_wish=registration.gender_wish,
        age=age,
        age_wish=band_of(age) if registration.age_near_mine else None,
        needs=tuple(registration.needs),
        waiting_since=timezone.localdate(registration.registered_at),
    )


def band_of(age: int | None) -> str | None:
    """The age band that ``age`` (years) lies in; None if it is unknown."""
    for band, (youngest, oldest) in AGE_BANDS.items():
        if age is not None and youngest <= age <= oldest:
            return band
    return None


def _venues(centre: Centre, *, first_date: date) -> Iterable[matching.Venue]:
    venues = Venue.objects.filter(active=True).filter(
        Q(centre=centre) | Q(centre=None, kind=VenueKind.LICENCE)
    )
    for venue in venues.order_by("pk"):
        is_room = venue.kind == VenueKind.ROOM
        yield matching.Venue(
            id=f"v{venue.pk}",
            type="room" if is_room else "licence",
            centre=centre.slug if is_room else None,
            capacity=venue.capacity,
            features=tuple(features_of(venue)),
            slots=tuple(free_week_slots(venue, first_date=first_date, minutes=MEETING_MINUTES)),
        )


def features_of(venue: Venue) -> list[str]:
    """Which needs the venue meets. A meeting at home on a screen has no steps to climb."""
    is_licence = venue.kind == VenueKind.LICENCE
    met = {"step_free": venue.step_free or is_licence, "hearing_loop": venue.hearing_loop}
    return [need for need, is_met in met.items() if is_met]


def _initiator(initiator: Initiator, centre: Centre) -> matching.Initiator:
    return matching.Initiator(
        id=f"i{initiator.pk}",
        centres=(centre.slug,),
        digital=initiator.digital,
        languages=tuple(initiator.languages),
        slots=tuple(initiator.availability),
        capacity=initiator.max_groups - initiator.load,
    )


def _keep_apart(waiting: Sequence[Registration]) -> Iterable[tuple[str, str]]:
    references = {row.participant_id: row.participant.reference for row in waiting}
    pairs = KeepApart.objects.filter(first__in=references, second__in=references)
    for pair in pairs.order_by("first", "second"):
        yield references[pair.first_id], references[pair.second_id]


def registrations_by_reference(
    centre: Centre, references: Sequence[str], *, today: date
) -> list[Registration]:
    """The waiting registrations without a seat that ``references`` name, in that order.

    Fewer than asked for when somebody has left, or has a seat by now.
    """
    ids = {Participant.pk_of(reference): place for place, reference in enumerate(references)}
    waiting = waiting_without_seat(centre, today=today)
    found = [row for row in waiting if row.participant_id in ids]
    return sorted(found, key=lambda row: ids[row.participant_id])


def venue_pk(venue_id: str) -> int:
    return int(venue_id.removeprefix("v"))


def initiator_pk(initiator_id: str) -> int:
    return int(initiator_id.removeprefix("i"))
