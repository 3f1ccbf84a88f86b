"""What is on, as everybody sees it: the list, and the page of one event."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from time_machine import travel

from centres.states import Attendance, CentreStatus
from tests import recipes

pytestmark = pytest.mark.django_db

LIST = "/arrangementer/"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def shown(response):
    return [event.title for _month, events in response.context["months"] for event in events]


def text_of(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def full_event(**fields):
    event = recipes.event(attendance=Attendance.SIGN_UP, capacity=1, **fields)
    recipes.sign_up(event)
    return event


def test_list_shows_coming_events_month_by_month(client):
    centre = recipes.centre()
    with travel(NOW, tick=False):
        for title, days in [("Januar", 50), ("November", 3), ("Desember", 10)]:
            recipes.event(centre, title_nb=title, starts_at=NOW + timedelta(days=days))

        response = client.get(LIST)

    assert shown(response) == ["November", "Desember", "Januar"]
    months = [month for month, _events in response.context["months"]]
    assert [(month.year, month.month) for month in months] == [(2026, 11), (2026, 12), (2027, 1)]


def test_event_just_before_midnight_stands_in_the_month_of_norway(client):
    with travel(NOW, tick=False):
        recipes.event(starts_at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))

        response = client.get(LIST)

    assert response.context["months"][0][0].isoformat() == "2027-01-01"


def test_list_leaves_out_drafts_what_is_over_and_centres_that_are_gone(client):
    gone = recipes.centre(status=CentreStatus.CLOSED, takes_registrations=False)
    recipes.event(title_nb="Kommer")
    recipes.event(title_nb="Kladd", published=False)
    recipes.event(title_nb="Over", starts_at=timezone.now() - timedelta(hours=3))
    recipes.event(gone, title_nb="Nedlagt")

    assert shown(client.get(LIST)) == ["Kommer"]


def test_list_keeps_what_is_going_on_now(client):
    recipes.event(title_nb="Nå", starts_at=timezone.now() - timedelta(hours=1))

    assert shown(client.get(LIST)) == ["Nå"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, ["A", "B", "C"]),
        ({"senter": "tromso"}, ["A", "B"]),
        ({"form": "digitalt"}, ["B", "C"]),
        ({"form": "oppmote"}, ["A", "C"]),
        ({"senter": "tromso", "form": "digitalt"}, ["B"]),
        ({"senter": "nowhere", "form": "x"}, ["A", "B", "C"]),
        ({"side": "99", "senter": "a" * 400}, ["A", "B", "C"]),
    ],
)
def test_list_is_narrowed_by_centre_and_by_how_people_meet(client, query, titles):
    soon = timezone.now() + timedelta(days=1)
    tromso, oslo = recipes.centre("tromso"), recipes.centre("oslo")
    recipes.event(tromso, title_nb="A", starts_at=soon)
    recipes.event(tromso, title_nb="B", starts_at=soon, digital=True)
    recipes.event(oslo, title_nb="C", starts_at=soon, digital=True, place="Storgata 1")

    assert shown(client.get(LIST, query)) == titles


@pytest.mark.parametrize(
    ("query", "says"),
    [({}, "Det er ikke planlagt noe akkurat nå"), ({"form": "digitalt"}, "noe slikt nå")],
)
def test_empty_list_says_so(client, query, says):
    assert says in text_of(client.get(LIST, query))


def test_long_list_goes_on_on_another_page(client):
    centre = recipes.centre("tromso")
    for number in range(31):
        recipes.event(centre, title_nb=f"Møte {number}")

    first, second = client.get(LIST), client.get(LIST, {"side": "2"})

    assert (len(shown(first)), len(shown(second))) == (30, 1)
    assert "?side=2" in text_of(first)


@pytest.mark.parametrize("events", [1, 5])
def test_list_asks_the_database_three_times_at_most(client, django_assert_max_num_queries, events):
    for _each in range(events):
        recipes.event()

    with django_assert_max_num_queries(3):
        client.get(LIST)


def test_page_asks_the_database_four_times_at_most(client, django_assert_max_num_queries):
    event = full_event()

    with django_assert_max_num_queries(4):
        client.get(event.get_absolute_url())


def test_page_says_when_in_words(client):
    event = recipes.event(
        recipes.centre(name="LINK Tromsø", visiting_address="Storgata 1", postal_place="Tromsø"),
        title_nb="Temamøte om sorg",
        starts_at=datetime(2027, 3, 9, 11, 30, tzinfo=UTC),
        ends_at=datetime(2027, 3, 9, 12, 30, tzinfo=UTC),
        audience_nb="Alle",
        held_in="engelsk",
        organiser="Kreftforeningen",
    )

    text = text_of(client.get(event.get_absolute_url()))

    assert "Tirsdag 9. mars 2027 kl. 12.30–13.30" in text
    for told in ("Storgata 1, Tromsø", "Alle", "Engelsk", "Kreftforeningen", "LINK Tromsø"):
        assert told in text


def test_title_of_the_page_is_neutral(client):
    event = recipes.event(title_nb="Temamøte om sorg")

    title = text_of(client.get(event.get_absolute_url())).partition("<title>")[2]

    assert "sorg" not in title.partition("</title>")[0]


@pytest.mark.parametrize(
    ("capacity", "says"),
    [(9, "Det er ledige plasser"), (2, "noen få plasser igjen"), (1, "Det er fullt")],
)
def test_page_says_kindly_how_many_places_there_are(client, capacity, says):
    event = recipes.event(attendance=Attendance.SIGN_UP, capacity=capacity)
    recipes.sign_up(event, name="Kanarifugl")

    text = text_of(client.get(event.get_absolute_url()))

    assert says in text
    assert "Kanarifugl" not in text


def test_page_of_an_event_to_just_come_to_has_no_form(client):
    event = recipes.event()

    assert "Bare kom." in text_of(client.get(event.get_absolute_url()))
    assert client.get(f"{event.get_absolute_url()}meld-pa/").headers["Location"] == (
        event.get_absolute_url()
    )


def test_cancelled_event_stays_and_says_why(client):
    event = recipes.event(cancelled_at=timezone.now(), cancelled_because="Vi er syke")

    text = text_of(client.get(event.get_absolute_url()))

    assert "Avlyst." in text
    assert "Vi er syke" in text
    assert "Legg i kalenderen" not in text


def test_event_that_is_over_says_so(client):
    event = recipes.event(starts_at=timezone.now() - timedelta(days=1))

    assert "Arrangementet er over" in text_of(client.get(event.get_absolute_url()))


def test_event_of_a_centre_that_is_gone_says_so_and_takes_nobody(client):
    gone = recipes.centre(status=CentreStatus.CLOSED, takes_registrations=False)
    event = recipes.event(gone, attendance=Attendance.SIGN_UP)

    text = text_of(client.get(event.get_absolute_url()))

    assert "Senteret er lagt ned" in text
    assert "/meld-pa/" not in text


def test_event_that_has_begun_takes_nobody(client):
    event = recipes.event(
        attendance=Attendance.SIGN_UP, starts_at=timezone.now() - timedelta(minutes=5)
    )

    text = text_of(client.get(event.get_absolute_url()))

    assert "Det har begynt" in text
    assert "/meld-pa/" not in text


@pytest.mark.parametrize("end", ["/", ".ics", "/meld-pa/"])
@pytest.mark.parametrize("number", ["unpublished", "999999", "99999999999999999999"])
def test_what_is_not_shown_is_not_there(client, end, number):
    if number == "unpublished":
        number = recipes.event(published=False, attendance=Attendance.SIGN_UP).pk

    assert client.get(f"/arrangementer/{number}{end}").status_code == 404


def test_pages_without_a_form_set_no_cookie(client):
    event = recipes.event(attendance=Attendance.SIGN_UP)

    for address in (LIST, event.get_absolute_url(), "/arrangementer.ics"):
        assert client.get(address).cookies == {}


@pytest.mark.parametrize("prefix", ["", "/nn", "/en"])
def test_page_is_in_the_language_of_the_address(client, prefix):
    event = recipes.event(title_nb="Åpent", title_nn="Ope", title_en="Open")

    text = text_of(client.get(f"{prefix}/arrangementer/{event.pk}/"))

    assert {"": "Åpent", "/nn": "Ope", "/en": "Open"}[prefix] in text
