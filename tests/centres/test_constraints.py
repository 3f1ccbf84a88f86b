"""What the database refuses when the code does not ask: written past models, forms and domain."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from centres.models import (
    Article,
    Booking,
    Centre,
    ContactPerson,
    CrisisLine,
    Enquiry,
    Event,
    EventSignUp,
    Municipality,
    OpeningException,
    OpeningHours,
    Organisation,
    Partnership,
    PostalCode,
    Slot,
    StaffRole,
    Venue,
)
from centres.states import (
    ArticleKind,
    CentreStatus,
    EnquiryKind,
    EventKind,
    PartnerRole,
    Role,
    VenueKind,
)
from tests import recipes

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def span(first: int, last: int) -> DateTimeTZRange:
    return DateTimeTZRange(NOON.replace(hour=first), NOON.replace(hour=last))


def shared_licence() -> Venue:
    return Venue.objects.create(kind=VenueKind.LICENCE, provider="Zoom", name="Zoom 1", capacity=10)


def hours(**fields: Any) -> OpeningHours:
    defaults = {"weekday": 0, "opens": time(9), "closes": time(12)}
    return OpeningHours.objects.create(**({"centre": recipes.centre()} | defaults | fields))


def closed_days(**fields: Any) -> OpeningException:
    defaults = {"first_date": date(2026, 7, 1), "last_date": date(2026, 7, 31)}
    return OpeningException.objects.create(**({"centre": recipes.centre()} | defaults | fields))


def partnership() -> Partnership:
    return Partnership.objects.create(
        centre=recipes.centre(),
        organisation=Organisation.objects.create(name="Stiftelsen"),
        role=PartnerRole.FUNDER,
    )


def person() -> ContactPerson:
    return ContactPerson.objects.create(centre=recipes.centre(), name="Kari")


def slot() -> Slot:
    return Slot.objects.create(
        venue=recipes.venue(recipes.centre()),
        weekday=1,
        starts=time(18),
        first_date=date(2026, 12, 1),
    )


def booking() -> Booking:
    return Booking.objects.create(venue=recipes.venue(recipes.centre()), span=span(12, 14))


def series_booking() -> Booking:
    """A meeting of a weekly time, with an event and an organisation that might want it as well."""
    weekly = slot()
    event()
    Organisation.objects.create(name="Leietaker")
    return Booking.objects.create(venue=weekly.venue, slot=weekly, span=span(12, 14))


def lone_booking() -> Booking:
    row = series_booking()
    Booking.objects.update(slot=None)
    return row


ANY_EVENT = Event.objects.values("pk")[:1]
ANY_ORGANISATION = Organisation.objects.values("pk")[:1]


def event() -> Event:
    return Event.objects.create(
        centre=recipes.centre(), kind=EventKind.OTHER, title_nb="Møte", starts_at=NOON
    )


def enquiry() -> Enquiry:
    return Enquiry.objects.create(kind=EnquiryKind.QUESTION, language="nb")


def told_enquiry() -> Enquiry:
    return Enquiry.objects.create(kind=EnquiryKind.QUESTION, language="nb", text="Spørsmål")


def postal_code() -> PostalCode:
    return PostalCode.objects.create(code="9008", place="TROMSØ")


def article(**fields: Any) -> Article:
    return Article.objects.create(
        **({"kind": ArticleKind.NEWS, "slug": "nytt", "title_nb": "Nytt"} | fields)
    )


def role() -> StaffRole:
    recipes.staff(Role.COORDINATOR, recipes.centre())
    return StaffRole.objects.get()


UPDATES: list[tuple[str, Callable[[], models.Model], dict[str, Any]]] = [
    ("municipality_number_four_digits", recipes.municipality, {"number": "551"}),
    ("municipality_norm_known", recipes.municipality, {"written_norm": "se"}),
    ("municipality_place_in_norway", recipes.municipality, {"latitude": 69}),
    ("municipality_place_in_norway", recipes.municipality, {"latitude": 69, "longitude": 40}),
    ("postal_code_four_digits", postal_code, {"code": "900"}),
    ("enquiry_choices_known", enquiry, {"kind": "complaint"}),
    ("enquiry_choices_known", enquiry, {"channel": "fax"}),
    ("enquiry_handled_by_somebody", enquiry, {"handled_at": NOON}),
    ("enquiry_forgotten_whole", told_enquiry, {"forgotten_at": NOON}),
    ("event_attendance_known", event, {"attendance": "by_letter"}),
    ("event_capacity_of_sign_up", event, {"capacity": 10}),
    ("event_capacity_of_sign_up", event, {"capacity": 0, "attendance": "sign_up"}),
    ("event_cancelled_with_reason", event, {"cancelled_at": NOON}),
    ("event_cancelled_with_reason", event, {"cancelled_because": "Sykdom"}),
    ("event_sign_up_state_known", recipes.sign_up, {"state": "maybe"}),
    ("event_sign_up_can_be_reached", recipes.sign_up, {"email": None}),
    ("centre_choices_known", recipes.centre, {"kind": "office"}),
    ("centre_choices_known", recipes.centre, {"wording_group": "circle"}),
    ("centre_choices_known", recipes.centre, {"legal_basis": "interest"}),
    ("centre_sizes_ordered", recipes.centre, {"min_to_start": 1}),
    ("centre_sizes_ordered", recipes.centre, {"min_to_start": 7}),
    ("centre_sizes_ordered", recipes.centre, {"max_size": 5}),
    ("centre_reachable", recipes.centre, {"email": ""}),
    ("centre_active_if_taking", recipes.centre, {"status": CentreStatus.PAUSED}),
    ("centre_active_if_taking", recipes.centre, {"status": CentreStatus.CLOSED}),
    (
        "centre_forwards_to_other",
        recipes.centre,
        {"takes_registrations": False, "forwards_to": models.F("pk")},
    ),
    (
        "centre_opened_before_closed",
        recipes.centre,
        {"valid_from": date(2023, 6, 1), "valid_to": date(2023, 6, 1)},
    ),
    (
        "centre_notice_days_ordered",
        recipes.centre,
        {"notice_from": date(2026, 2, 2), "notice_until": date(2026, 2, 1)},
    ),
    ("centre_postal_code_four_digits", recipes.centre, {"postal_code": "92O6"}),
    ("centre_place_in_norway", recipes.centre, {"latitude": 69}),
    ("centre_place_in_norway", recipes.centre, {"latitude": 18, "longitude": 69}),
    ("centre_answer_days_in_reason", recipes.centre, {"answer_days": 0}),
    ("opening_hours_open_before_close", hours, {"closes": time(9)}),
    ("opening_hours_weekday_known", hours, {"weekday": 7}),
    ("opening_hours_kind_known", hours, {"kind": "night"}),
    ("opening_exception_days_ordered", closed_days, {"last_date": date(2026, 6, 30)}),
    ("opening_exception_closed_or_open", closed_days, {"opens": time(9)}),
    ("opening_exception_closed_or_open", closed_days, {"opens": time(9), "closes": time(10)}),
    ("partnership_role_known", partnership, {"role": "friend"}),
    ("partnership_years_ordered", partnership, {"from_year": 2024, "to_year": 2023}),
    ("contact_person_of_one", person, {"centre": None}),
    ("contact_person_named", person, {"name": ""}),
    ("slot_first_date_on_weekday", slot, {"weekday": 7}),
    ("slot_first_date_on_weekday", slot, {"first_date": date(2026, 12, 2)}),
    ("slot_minutes_in_reason", slot, {"minutes": 0}),
    ("slot_break_whole", slot, {"break_from": date(2026, 12, 1)}),
    ("booking_span_whole", booking, {"span": DateTimeTZRange(empty=True)}),
    ("booking_span_whole", booking, {"span": DateTimeTZRange(NOON, None)}),
    ("booking_skip_reason_known", booking, {"skipped_because": "rain"}),
    ("booking_head_count_of_held", booking, {"head_count": 5}),
    ("booking_of_one", series_booking, {"holder": models.Subquery(ANY_ORGANISATION)}),
    ("booking_of_one", series_booking, {"event": models.Subquery(ANY_EVENT)}),
    (
        "booking_of_one",
        lone_booking,
        {"holder": models.Subquery(ANY_ORGANISATION), "event": models.Subquery(ANY_EVENT)},
    ),
    ("venue_host_key_of_licence", shared_licence, {"host_key": "123456"}),
    ("venue_host_key_of_licence", shared_licence, {"host_key_since": date(2026, 12, 1)}),
    (
        "venue_host_key_of_licence",
        lambda: recipes.venue(recipes.centre()),
        {"host_key": "123456", "host_key_since": date(2026, 12, 1)},
    ),
    ("event_kind_known", event, {"kind": "party"}),
    ("event_published_has_time", event, {"published": True, "starts_at": None}),
    ("event_starts_before_end", event, {"ends_at": NOON}),
    ("article_kind_known", article, {"kind": "poem"}),
    ("article_programme_of_centre", article, {"kind": ArticleKind.PROGRAMME}),
    (
        "article_information_of_everybody",
        lambda: article(kind=ArticleKind.NEWS, centre=recipes.centre()),
        {"kind": ArticleKind.INFORMATION},
    ),
    ("staff_role_at_centre_or_national", role, {"centre": None}),
    ("staff_role_at_centre_or_national", role, {"role": Role.ADMINISTRATOR}),
    ("staff_role_at_centre_or_national", role, {"role": "king"}),
    (
        "staff_role_takes_out_own_lists",
        lambda: StaffRole.objects.get(user=recipes.staff(Role.ADMINISTRATOR)),
        {"may_export": True},
    ),
]


@pytest.mark.parametrize(("name", "make", "change"), UPDATES)
def test_database_refuses_the_change(name, make, change):
    row = make()

    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        type(row)._base_manager.filter(pk=row.pk).update(**change)


def test_database_refuses_a_room_without_a_centre_and_a_licence_without_a_provider():
    room = recipes.venue(recipes.centre())

    for change in ({"centre": None}, {"kind": VenueKind.LICENCE}, {"provider": "Zoom"}):
        with (
            pytest.raises(IntegrityError, match='"venue_room_or_licence"'),
            transaction.atomic(),
        ):
            Venue.objects.filter(pk=room.pk).update(**change)


def test_database_refuses_a_room_for_one():
    room = recipes.venue(recipes.centre())

    with pytest.raises(IntegrityError, match='"venue_seats_two"'), transaction.atomic():
        Venue.objects.filter(pk=room.pk).update(capacity=1)


def test_database_refuses_registrations_that_are_both_taken_and_forwarded():
    one, other = recipes.centre(), recipes.centre()

    with pytest.raises(IntegrityError, match='"centre_takes_or_forwards"'), transaction.atomic():
        Centre.objects.filter(pk=one.pk).update(forwards_to=other)


TWINS: list[tuple[str, Callable[[], models.Model], dict[str, Any]]] = [
    ("opening_hours_no_overlap", hours, {"opens": time(11), "closes": time(15)}),
    (
        "opening_exception_no_overlap",
        closed_days,
        {"first_date": date(2026, 7, 31), "last_date": date(2026, 8, 3)},
    ),
    (
        "opening_exception_closed_alone",
        closed_days,
        {"opens": time(9), "closes": time(10), "kind": "phone"},
    ),
    ("partnership_once", partnership, {"note": "igjen"}),
    ("article_slug_once", article, {"title_nb": "Et annet"}),
    ("article_slug_once", lambda: article(centre=recipes.centre()), {"title_nb": "Et annet"}),
    ("venue_name_once", lambda: recipes.venue(recipes.centre()), {"capacity": 4}),
    (
        "venue_name_once",
        shared_licence,
        {"capacity": 4},
    ),
    ("booking_venue_taken_once", booking, {"span": span(13, 15)}),
    ("staff_role_once", role, {}),
    (
        "centres_crisisline_position_key",
        lambda: CrisisLine.objects.create(number="113", position=1),
        {"number": "112"},
    ),
]


@pytest.mark.parametrize(("name", "make", "change"), TWINS)
def test_database_refuses_a_second_row(name, make, change):
    row = make()
    twin = type(row)._base_manager.get(pk=row.pk)
    twin.pk = None
    for field, value in change.items():
        setattr(twin, field, value)

    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        type(row)._base_manager.bulk_create([twin])


@pytest.mark.parametrize(
    ("make", "change"),
    [
        (hours, {"opens": time(12), "closes": time(15)}),
        (hours, {"kind": "phone"}),
        (hours, {"weekday": 1}),
        (closed_days, {"first_date": date(2026, 8, 1), "last_date": date(2026, 8, 1)}),
        (booking, {"span": span(14, 15)}),
        (booking, {"cancelled_at": NOON}),
        (booking, {"skipped_because": "holiday"}),
    ],
)
def test_database_allows_what_does_not_collide(make, change):
    row = make()
    twin = type(row)._base_manager.get(pk=row.pk)
    twin.pk = None
    for field, value in change.items():
        setattr(twin, field, value)

    type(row)._base_manager.bulk_create([twin])

    assert type(row)._base_manager.count() == 2


def test_database_refuses_to_bring_back_a_cancelled_booking_onto_another():
    first = booking()
    Booking.objects.filter(pk=first.pk).update(cancelled_at=NOON)
    Booking.objects.create(venue=first.venue, span=span(12, 14))

    with pytest.raises(IntegrityError, match='"booking_venue_taken_once"'), transaction.atomic():
        Booking.objects.filter(pk=first.pk).update(cancelled_at=None)


def test_two_municipalities_may_share_a_name_but_not_a_number():
    recipes.municipality("1515", name="Herøy")
    recipes.municipality("1818", name="Herøy")

    with (
        pytest.raises(IntegrityError, match='"centres_municipality_pkey"'),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE centres_municipality SET number = '1515' WHERE number = '1818'")


def test_every_constraint_is_tried_here():
    named = {
        constraint.name
        for model in (
            Article, Booking, Centre, ContactPerson, CrisisLine, Enquiry, Event,
            EventSignUp, Municipality, OpeningException, OpeningHours, Organisation, Partnership,
            PostalCode, Slot, StaffRole, Venue,
        )
        for constraint in model._meta.constraints
    }  # fmt: skip
    tried = {name for name, _make, _change in UPDATES + TWINS} | {
        "venue_room_or_licence",
        "venue_seats_two",
        "centre_takes_or_forwards",
    }

    assert named - tried == set()
