"""Calendar files, read back as a calendar reads them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from time_machine import travel

from centres.domain.events.changes import cancel_event
from centres.models import Event
from centres.states import Attendance, CentreStatus
from tests import recipes

pytestmark = pytest.mark.django_db

OSLO = ZoneInfo("Europe/Oslo")
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
FEED = "/arrangementer.ics"


@pytest.fixture(autouse=True)
def clock():
    with travel(NOW, tick=False) as clock:
        yield clock


def events_in(response):
    return Calendar.from_ical(response.content).walk("VEVENT")


def single(client, event, prefix=""):
    return client.get(f"{prefix}/arrangementer/{event.pk}.ics")


def put_on(at=None, **fields):
    return recipes.event(at, **({"starts_at": NOW + timedelta(days=30)} | fields))


def test_file_tells_what_when_and_where(client, settings):
    settings.BASE_URL = "https://link.example"
    event = put_on(
        recipes.centre(name="LINK Tromsø", visiting_address="Storgata 1", postal_place="Tromsø"),
        title_nb="Åpent møte",
        ends_at=NOW + timedelta(days=30, hours=2),
    )

    response = single(client, event)

    (told,) = events_in(response)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert told["SUMMARY"] == "Møte – LINK Tromsø"
    assert told["LOCATION"] == "Storgata 1, Tromsø"
    assert told["UID"] == f"arrangement-{event.pk}@link.example"
    assert told["URL"] == f"https://link.example/arrangementer/{event.pk}/"
    assert (told["STATUS"], told.start, told.end) == (
        "CONFIRMED",
        event.starts_at,
        event.ends_at,
    )


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [
        ((2026, 3, 28), 17),
        ((2026, 3, 29), 16),
        ((2026, 10, 24), 16),
        ((2026, 10, 25), 17),
    ],
)
def test_clock_is_norways_on_both_sides_of_daylight_saving(client, day, utc_hour):
    event = put_on(starts_at=datetime(*day, 18, tzinfo=OSLO))

    response = single(client, event)

    text = response.content.decode()
    year, month, number = day
    assert f"DTSTART;TZID=Europe/Oslo:{year}{month:02}{number:02}T180000" in text
    assert events_in(response)[0].start == datetime(*day, utc_hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        ((2026, 3, 29, 1, 59), 1),
        ((2026, 3, 29, 3, 1), 2),
        ((2026, 10, 25, 1, 59), 2),
        ((2026, 10, 25, 3, 1), 1),
        ((2035, 7, 1, 12, 0), 2),
        ((2035, 12, 1, 12, 0), 1),
    ],
)
def test_time_zone_in_the_file_knows_when_the_clock_is_moved(client, day, hours):
    calendar = Calendar.from_ical(single(client, put_on()).content)

    (zone,) = calendar.walk("VTIMEZONE")

    told = zone.to_tz(lookup_tzid=False)
    assert zone["TZID"] == "Europe/Oslo"
    assert datetime(*day, tzinfo=told).utcoffset() == timedelta(hours=hours)


def test_lines_are_folded_and_norwegian_letters_survive(client):
    title = "Blåbærsyltetøy på kjøkkenet, æøåÆØÅ; for «alle» \\ " + "ø" * 60
    put_on(title_nb=title)
    response = client.get(FEED)

    lines = response.content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode() is not None for line in lines)
    assert events_in(response)[0]["SUMMARY"].startswith(title)


def test_cancelled_event_stays_in_the_feed_and_says_so(client, clock):
    event = put_on()
    before = events_in(client.get(FEED))[0]
    clock.shift(timedelta(minutes=5))
    cancel_event(event, because="Vi er syke")

    after = events_in(client.get(FEED))[0]

    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt
    assert "Vi er syke" in after["DESCRIPTION"]


def test_file_holds_no_person_and_no_secret(client):
    event = put_on(
        attendance=Attendance.SIGN_UP, joining="https://video.example.org/prov", note="Husk kaffe"
    )
    recipes.sign_up(event, name="Kanarifugl", email="kanari@example.org")

    text = single(client, event).content.decode() + client.get(FEED).content.decode()

    for word in ("anari", "video.example", "kaffe", "ATTENDEE", "ORGANIZER"):
        assert word not in text


def test_file_for_ones_own_calendar_does_not_tell_what_it_is_about(client):
    event = put_on(title_nb="Kveld om sorg", audience_nb="Deg som har mistet noen")

    assert b"sorg" not in single(client, event).content.lower()


def test_feed_of_all_and_of_one_centre(client):
    tromso, oslo = recipes.centre("tromso"), recipes.centre("oslo")
    gone = recipes.centre("gone", status=CentreStatus.CLOSED, takes_registrations=False)
    put_on(tromso, title_nb="A")
    put_on(oslo, title_nb="B")
    put_on(gone, title_nb="C")
    put_on(tromso, title_nb="D", published=False)
    put_on(tromso, title_nb="E", starts_at=NOW - timedelta(days=20))
    put_on(tromso, title_nb="F", starts_at=NOW - timedelta(days=200))

    def titles(address):
        return [str(each["SUMMARY"])[0] for each in events_in(client.get(address))]

    assert titles(FEED) == ["E", "A", "B"]
    assert titles("/sentre/tromso/arrangementer.ics") == ["E", "A"]
    assert titles("/sentre/gone/arrangementer.ics") == []
    assert client.get("/sentre/nowhere/arrangementer.ics").status_code == 404


@pytest.mark.parametrize("prefix", ["", "/nn", "/en"])
def test_file_is_in_the_language_of_the_address(client, prefix):
    event = put_on(title_nb="Åpent", title_nn="Ope", title_en="Open")

    (told,) = events_in(single(client, event, prefix))

    (in_feed,) = events_in(client.get(f"{prefix}{FEED}"))
    assert told["SUMMARY"].split()[0] == {"": "Møte", "/nn": "Møte", "/en": "Meeting"}[prefix]
    assert in_feed["SUMMARY"].split()[0] == {"": "Åpent", "/nn": "Ope", "/en": "Open"}[prefix]
    assert f"{prefix}/arrangementer/" in told["URL"]


@pytest.mark.parametrize("address", [FEED, "/sentre/tromso/arrangementer.ics", "single"])
def test_who_has_the_file_is_told_that_it_is_the_same(client, clock, address):
    event = put_on(recipes.centre("tromso"))
    if address == "single":
        address = f"/arrangementer/{event.pk}.ics"
    first = client.get(address)
    tag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    clock.shift(timedelta(minutes=10))

    by_tag = client.get(address, headers={"If-None-Match": tag})
    by_date = client.get(address, headers={"If-Modified-Since": modified})
    Event.objects.get(pk=event.pk).save()
    changed = [
        client.get(address, headers={"If-None-Match": tag}),
        client.get(address, headers={"If-Modified-Since": modified}),
    ]

    assert [by_tag.status_code, by_date.status_code] == [304, 304]
    assert by_tag.content == b""
    assert [each.status_code for each in changed] == [200, 200]


def test_feed_is_new_the_day_after_something_left_it(client, clock):
    event = put_on()
    modified = client.get(FEED).headers["Last-Modified"]
    event.delete()
    clock.shift(timedelta(days=1))

    response = client.get(FEED, headers={"If-Modified-Since": modified})

    assert response.status_code == 200
    assert events_in(response) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": "text/calendar"},
        {"Accept": "application/xml;q=0.1"},
        {"Accept": "\x7f;;;"},
        {"Accept": ""},
        {"If-None-Match": 'x, W/,,"', "If-Modified-Since": "i går"},
        {"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"Accept-Language": "xx,*;q=nei", "User-Agent": "iOS/17 (webcal) dataaccessd/1.0"},
        {"Range": "bytes=0-10", "Accept-Encoding": "identity;q=0"},
    ],
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_odd_clients_get_the_calendar(client, headers, method):
    put_on()

    response = getattr(client, method)(FEED, headers=headers)

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.cookies == {}


@pytest.mark.parametrize("method", ["post", "put", "delete", "options", "trace"])
def test_feed_is_only_read(client, method):
    assert getattr(client, method)(FEED).status_code == 405


def test_empty_feed_is_a_whole_calendar(client):
    calendar = Calendar.from_ical(client.get(FEED).content)

    assert calendar["VERSION"] == "2.0"
    assert calendar.walk("VEVENT") == []
