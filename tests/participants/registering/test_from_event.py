"""From an open evening to registering interest is one step, and the centre can count it."""

import pytest

from participants.models import Registration
from participants.states import EntryChannel
from tests import recipes
from tests.participants import walk

pytestmark = pytest.mark.django_db


def begin(client, centre, start):
    """The first page as it is reached from ``start``, filled in."""
    page = client.get(f"/meld-interesse/{centre.slug}/{start}")
    first = page.content.decode().partition('class="ds-button" href="')[2].partition('"')[0]
    carried = walk.opened(client, first)
    client.post(walk.path(centre, "gruppe"), {**carried, **walk.GROUP})


def test_page_of_an_event_leads_to_registering_interest(client):
    centre = walk.place()
    event = recipes.event(centre)

    text = client.get(event.get_absolute_url()).content.decode()

    assert f'href="/meld-interesse/{centre.slug}/?fra=arrangement"' in text


@pytest.mark.parametrize(
    ("start", "channel"),
    [
        ("?fra=arrangement", EntryChannel.EVENT),
        ("?fra=annet", EntryChannel.WEB),
        ("", EntryChannel.WEB),
    ],
)
def test_registration_tells_where_the_person_came_from(client, start, channel):
    centre = walk.place()
    begin(client, centre, start)
    walk.post(client, centre, "tid")
    walk.post(client, centre, "om-deg")

    walk.post(client, centre, "sjekk", **walk.yes())

    assert Registration.objects.get().channel == channel


@pytest.mark.parametrize("kind", ["municipal_meeting", "professional_day", "initiator_training"])
def test_event_for_people_at_work_asks_nobody_to_register(client, kind):
    event = recipes.event(walk.place(), kind=kind)

    assert "?fra=arrangement" not in client.get(event.get_absolute_url()).content.decode()


def test_event_of_a_centre_without_registrations_leads_to_the_one_that_takes_them(client):
    taker = walk.place()
    event = recipes.event(recipes.centre(takes_registrations=False, forwards_to=taker))

    text = client.get(event.get_absolute_url()).content.decode()

    assert f'href="/meld-interesse/{taker.slug}/?fra=arrangement"' in text
