"""The answers between the pages: sealed, in the page and in the session, and never lost."""

import pytest
from django.test import Client

from participants.forms.registration import drafts
from participants.models import Participant, Registration
from tests import recipes
from tests.participants import walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return walk.place()


@pytest.fixture
def newcomer():
    """The same person on the next day, when the session is gone."""
    return Client()


def test_page_shows_again_what_was_typed(client, centre):
    walk.post(client, centre, "gruppe", municipality="tromsø", role="kin")

    form = client.get(walk.path(centre, "gruppe")).context["form"]

    assert form["municipality"].value() == "tromsø"
    assert form["role"].value() == "kin"


def test_page_shows_again_what_has_to_be_corrected(client, centre):
    walk.post(client, centre, "gruppe", municipality="Atlantis")

    response = client.get("/en" + walk.path(centre, "gruppe"))

    assert response.context["form"]["municipality"].value() == "Atlantis"
    assert "<title>Error: " in response.content.decode()


def test_page_from_yesterday_without_a_session_loses_nothing(client, centre, newcomer):
    walk.post(client, centre, "gruppe")
    walk.post(client, centre, "tid")
    yesterday = walk.hidden(client.get(walk.path(centre, "om-deg")))

    response = newcomer.post(walk.path(centre, "om-deg"), {**yesterday, **walk.PERSON})
    walk.post(newcomer, centre, "sjekk", **walk.yes())

    assert response.headers["Location"] == walk.path(centre, "sjekk")
    assert Registration.objects.get().availability == ["mon-morning", "tue-evening"]


def test_answers_from_yesterday_are_sent_without_a_session(client, centre, newcomer):
    walk.fill(client, centre)
    yesterday = walk.hidden(client.get(walk.path(centre, "sjekk")))

    newcomer.post(walk.path(centre, "sjekk"), {**yesterday, **walk.yes()})

    assert Participant.objects.get().name == "Kari"


@pytest.mark.parametrize("sealed", ["", "rubbish", "gAAAAA==", "æøå", "😀" * 1_000, "{}"])
def test_tampered_answers_leave_those_of_this_page(client, centre, sealed):
    response = client.post(walk.path(centre, "om-deg"), {**walk.PERSON, drafts.FIELD: sealed})

    assert response.headers["Location"] == walk.path(centre, "gruppe")
    walk.post(client, centre, "gruppe")
    walk.post(client, centre, "tid")
    assert "Kari" in client.get(walk.path(centre, "sjekk")).content.decode()


def test_tampered_answers_leave_those_of_the_session(client, centre):
    walk.fill(client, centre)

    client.post(walk.path(centre, "tid"), {**walk.TIMES, drafts.FIELD: "rubbish"})

    assert client.get(walk.path(centre, "sjekk")).status_code == 200


def test_older_page_does_not_undo_newer_answers(client, centre):
    first = walk.hidden(client.get(walk.path(centre, "gruppe")))
    client.post(walk.path(centre, "gruppe"), {**first, **walk.GROUP})
    walk.post(client, centre, "tid")
    walk.post(client, centre, "om-deg")

    back = client.post(walk.path(centre, "gruppe"), {**first, **walk.GROUP, "role": "kin"})

    assert back.headers["Location"] == walk.path(centre, "sjekk")


def test_two_windows_are_two_registrations(client, centre):
    windows = [walk.opened(client, walk.path(centre, "gruppe")) for _window in range(2)]
    for name, carried in zip(("Kari", "Ola"), windows, strict=True):
        client.post(walk.path(centre, "gruppe"), {**carried, **walk.GROUP})
        walk.post(client, centre, "tid")
        walk.post(client, centre, "om-deg", name=name)
        walk.post(client, centre, "sjekk", **walk.yes())

    assert sorted(person.name for person in Participant.objects.all()) == ["Kari", "Ola"]


def test_answers_for_one_centre_do_not_go_to_another(client, centre):
    other = recipes.centre()
    walk.fill(client, centre)
    carried = walk.hidden(client.get(walk.path(centre, "sjekk")))

    response = client.post(walk.path(other, "sjekk"), {**carried, **walk.yes()})

    assert response.headers["Location"] == walk.path(other, "gruppe")
    assert not Participant.objects.exists()


def test_sealed_answers_cannot_be_read(client, centre):
    walk.fill(client, centre, name="Hemmelig Hansen")

    page = client.get(walk.path(centre, "gruppe")).content.decode()

    assert "Hansen" not in page
    draft = drafts.unseal(walk.hidden(client.get(walk.path(centre, "gruppe")))[drafts.FIELD])
    assert draft is not None
    assert draft.pages["om-deg"]["name"] == ["Hemmelig Hansen"]


def test_stale_token_shows_what_was_typed_and_goes_on(centre):
    visitor = Client(enforce_csrf_checks=True)
    carried = walk.hidden(visitor.get(walk.path(centre, "gruppe")))
    stale = {**carried, **walk.GROUP, "csrfmiddlewaretoken": "b" * 64}

    refused = visitor.post(walk.path(centre, "gruppe"), stale)
    again = {**walk.hidden(refused)}
    response = visitor.post(walk.path(centre, "gruppe"), again)

    assert refused.status_code == 403
    assert again["municipality"] == "Tromsø"
    assert refused.content.decode().count(carried[drafts.FIELD]) == 1
    assert response.headers["Location"] == walk.path(centre, "tid")
