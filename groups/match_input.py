"""From rows to the matcher's plain values, and back from its references to rows."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import combinations

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from centres.domain.booking.free_times import free_starts_of
from centres.models import Centre, Venue
from centres.states import VenueKind
from centres.week import WEEK_SLOTS
from groups import matching
from groups.models import Initiator, Seat, SelfHelpGroup
from groups.states import GroupState, SettledFormat
from participants.models import KeepApart, Participant, Registration, Theme
from participants.states import Gender, MeetingFormat

# A wish for "about my own age" is a wish for the band the person is in.
AGE_BANDS = {"18-30": (18, 30), "31-45": (31, 45), "46-60": (46, 60), "61+": (61, 120)}
MEETING_MINUTES = 120  # two hours, as every centre has it
DAYS_TO_PREPARE = 7  # from the last day to answer to the first meeting
GENDERS = {Gender.WOMAN: "f", Gender.MAN: "m", Gender.OTHER: "x", "": "x"}


def build_problem(
    centres: Sequence[Centre], *, today: date, waiting: Sequence[Registration] | None = None
) -> matching.Problem:
    """Everyone who waits at the centres without a seat, and the venues and initiators to be had.

    With them in the digital pool: those at other centres who agreed to that. Ids are references
    (D-1042) and row numbers (v12, i3, g7): nothing that names anybody. The sizes are those that
    suit every one of the centres. ``waiting`` is everyone who can be placed, where it is read
    already.
    """
    if waiting is None:
        waiting = list(can_be_placed(centres, today=today))
    least = max(centre.min_to_start for centre in centres)
    return matching.Problem(
        as_of=today,
        rules=matching.Rules(
            min_size=least,
            max_size=max(least, min(centre.max_size for centre in centres)),
            allow_open_theme=True,
        ),
        slots=WEEK_SLOTS,
        topics=tuple(Theme.objects.values_list("slug", flat=True)),
        age_bands=AGE_BANDS,
        centres=tuple(centre.slug for centre in centres),
        venues=tuple(_venues(centres, today=today)),
        initiators=tuple(
            _initiator(initiator)
            for initiator in Initiator.objects.available()
            .filter(centre__in=centres)
            .select_related("centre")
            .order_by("pk")
        ),
        participants=tuple(
            as_participant(registration, centres, today=today) for registration in waiting
        ),
        keep_apart=(*_keep_apart(waiting), *_each_at_home(waiting, centres)),
        open_groups=tuple(_open_groups(centres, today=today)),
    )


def first_date_for(centre: Centre, *, today: date) -> date:
    """The first day on which a group formed today can meet: asked, answered, and prepared."""
    return today + timedelta(days=centre.answer_days + DAYS_TO_PREPARE)


def waiting_without_seat(centre: Centre, *, today: date) -> QuerySet[Registration]:
    """Who a group can be found for: waiting, not paused, and with no live seat."""
    return _without_seat(today).filter(participant__centre=centre)


def can_be_placed(centres: Sequence[Centre], *, today: date) -> QuerySet[Registration]:
    """Who can be in a proposal for the centres: their own, and whom others lend to digital groups.

    Somebody at another centre is lent where they have agreed to it themselves.
    """
    lent = Q(
        digital_elsewhere=True,
        format__in=[MeetingFormat.DIGITAL, MeetingFormat.EITHER],
        participant__centre__takes_registrations=True,
    )
    return _without_seat(today).filter(Q(participant__centre__in=centres) | lent)


def _without_seat(today: date) -> QuerySet[Registration]:
    seats = Seat.objects.live().filter(registration=OuterRef("pk"))
    return (
        Registration.objects.waiting(today)
        .filter(~Exists(seats))
        .select_related("participant__centre")
        .prefetch_related("themes")
        .order_by("registered_at", "pk")
    )


def as_participant(
    registration: Registration, centres: Sequence[Centre], *, today: date
) -> matching.Participant:
    """The person as the matcher knows them. Who is lent has no centre, and comes by video only."""
    person = registration.participant
    age = None if person.birth_year is None else today.year - person.birth_year
    is_lent = person.centre not in centres
    return matching.Participant(
        id=person.reference,
        centres=() if is_lent else (person.centre.slug,),
        topics=tuple(theme.slug for theme in registration.themes.all()),
        any_topic=registration.any_theme,
        role=registration.role,
        role_wish="same",
        format=MeetingFormat.DIGITAL.value if is_lent else registration.format,
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


def _venues(centres: Sequence[Centre], *, today: date) -> Iterable[matching.Venue]:
    first_date = max(first_date_for(centre, today=today) for centre in centres)
    venues = Venue.objects.filter(active=True).filter(
        Q(centre__in=centres) | Q(centre=None, kind=VenueKind.LICENCE)
    )
    rows = list(venues.select_related("centre").order_by("pk"))
    free = free_starts_of(rows, first_date=first_date, minutes=MEETING_MINUTES)
    for venue in rows:
        is_room = venue.kind == VenueKind.ROOM
        yield matching.Venue(
            id=f"v{venue.pk}",
            type="room" if is_room else "licence",
            centre=venue.centre.slug if is_room and venue.centre else None,
            capacity=venue.capacity,
            features=tuple(features_of(venue)),
            slots=tuple(free[venue.pk]),
        )


def features_of(venue: Venue) -> list[str]:
    """Which needs the venue meets. A meeting at home on a screen has no steps to climb."""
    is_licence = venue.kind == VenueKind.LICENCE
    met = {"step_free": venue.step_free or is_licence, "hearing_loop": venue.hearing_loop}
    return [need for need, is_met in met.items() if is_met]


def _initiator(initiator: Initiator) -> matching.Initiator:
    return matching.Initiator(
        id=f"i{initiator.pk}",
        centres=(initiator.centre.slug,),
        digital=initiator.digital,
        languages=tuple(initiator.languages),
        slots=tuple(initiator.availability),
        capacity=initiator.max_groups - initiator.load,
    )


def _keep_apart(waiting: Sequence[Registration]) -> Iterable[tuple[str, str]]:
    """Pairs of those who wait, and of one of them with somebody in a group that has room."""
    ids = {row.participant_id for row in waiting}
    pairs = KeepApart.objects.filter(Q(first__in=ids) | Q(second__in=ids))
    for pair in pairs.select_related("first", "second").order_by("first", "second"):
        yield pair.first.reference, pair.second.reference


def _each_at_home(
    waiting: Sequence[Registration], centres: Sequence[Centre]
) -> Iterable[tuple[str, str]]:
    """A digital group is one centre's. Two who each stay with their own centre cannot share it."""
    if len(centres) < 2:
        return
    homebound = [
        row.participant
        for row in waiting
        if row.format != MeetingFormat.PHYSICAL and not row.digital_elsewhere
    ]
    for first, second in combinations(homebound, 2):
        if first.centre_id != second.centre_id:
            yield first.reference, second.reference


def _open_groups(centres: Sequence[Centre], *, today: date) -> Iterable[matching.OpenGroup]:
    """Groups that have room for more: those being formed, and those that meet and have said so."""
    seats = Seat.objects.live().select_related("registration__participant")
    own = SelfHelpGroup.objects.filter(centre__in=centres)
    meeting = own.take_newcomers(today).values("pk")
    groups = (
        own.filter(Q(state=GroupState.FORMING) | Q(pk__in=meeting))
        .select_related("centre", "slot__venue", "theme", "match_run")
        .select_related("previous_group__slot__venue")
        .prefetch_related(Prefetch("seats", seats))
        .order_by("pk")
    )
    for group in groups:
        members = [seat.registration for seat in group.seats.all()]
        vacancies = group.places - len(members)
        key = group_key(group, members, today=today)
        wish_for_a_band = key.age_band is None and any(row.age_near_mine for row in members)
        slot = group.planned_slot
        if vacancies < 1 or slot is None or wish_for_a_band:
            continue
        yield matching.OpenGroup(
            id=f"g{group.pk}",
            key=key,
            features=tuple(features_of(slot.venue)),
            members=tuple(row.participant.reference for row in members),
            vacancies=vacancies,
        )


def group_key(
    group: SelfHelpGroup, members: Iterable[Registration], *, today: date
) -> matching.GroupKey:
    """What the group of these members is, as the matcher knows it. Without a time its slot is
    empty.
    """
    slot = group.planned_slot
    is_digital = group.format == SettledFormat.DIGITAL
    return matching.GroupKey(
        format=group.format,
        centre=None if is_digital else group.centre.slug,
        kind=group.kind,
        topic=group.theme.slug if group.theme else None,
        role=group.role,
        gender=group.gender,
        age_band=_band_in_common(group, members, today=today),
        language=group.language,
        slot=slot.week_slot if slot else "",
    )


def _band_in_common(
    group: SelfHelpGroup, members: Iterable[Registration], *, today: date
) -> str | None:
    """The age band that the group was proposed for, or that its members wish for."""
    if group.match_run is not None and group.match_run.result is not None:
        band: str | None = group.match_run.result["groups"][group.proposal_number]["age_band"]
        return band
    years = [row.participant.birth_year for row in members if row.age_near_mine]
    wished = {band_of(today.year - year) for year in years if year is not None}
    return wished.pop() if len(wished) == 1 else None


def registrations_by_reference(
    centres: Sequence[Centre], references: Sequence[str], *, today: date
) -> list[Registration]:
    """The registrations that ``references`` name and that can be placed, in that order.

    Fewer than asked for when somebody has left, or has a seat by now.
    """
    ids = {Participant.pk_of(reference): place for place, reference in enumerate(references)}
    found = can_be_placed(centres, today=today).filter(participant__in=ids)
    return sorted(found, key=lambda row: ids[row.participant_id])


def venue_pk(venue_id: str) -> int:
    return int(venue_id.removeprefix("v"))


def initiator_pk(initiator_id: str) -> int:
    return int(initiator_id.removeprefix("i"))
