"""An event with one place: taken, waited for, given up, moved up to, and cancelled in the end."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from centres.models import Centre
from centres.states import Attendance, Role
from tests import recipes
from tests.journeys import desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Kveld for deg som er pårørende"
TIME_TO_READ = 2_100  # milliseconds; who is quicker is taken for a program


@pytest.fixture
def event(country):
    """One place at the centre in Tromsø, where Turid works."""
    centre = Centre.objects.get(slug="link-tromso")
    recipes.staff(Role.COORDINATOR, centre, email="turid@example.org", name="Turid")
    return recipes.event(
        centre,
        title_nb=TITLE,
        starts_at=timezone.now() + timedelta(days=20),
        attendance=Attendance.SIGN_UP,
        capacity=1,
    )


def sign_up(screen, name, *, button):
    """From the list to the page of the place, by way of an empty form."""
    screen.open("/arrangementer/")
    screen.follow(TITLE)
    screen.follow(re.compile("^(Meld deg på|Still deg på venteliste)$"))
    screen.press(button)
    assert screen.page.title().startswith("Feil:")
    screen.write("Hva kan vi kalle deg?", name)
    screen.write("E-post (én av de to)", f"{name.lower()}@example.org")
    screen.page.wait_for_timeout(TIME_TO_READ)
    screen.press(button)


def link_in(mail):
    (path,) = set(re.findall(r"/pamelding/[A-Za-z0-9_-]+/", mail.body))
    return path


def test_place_goes_from_one_to_the_next(window, event, worker):
    kari, ola, turid = window, window.another(), window.another()

    sign_up(kari, "Kari", button="Meld meg på")
    assert kari.heading == "Du har fått plass"
    sign_up(ola, "Ola", button="Sett meg på ventelista")
    assert ola.heading == "Du står på venteliste"
    mails = {mail.to[0]: mail for mail in worker()}
    assert {to: mail.subject for to, mail in mails.items()} == {
        "kari@example.org": "Du har fått plass",
        "ola@example.org": "Du står på venteliste",
    }

    kari.open(link_in(mails["kari@example.org"]))
    kari.press("Gi fra meg plassen")
    assert kari.heading == "Du har gitt fra deg plassen"
    (moved_up,) = worker()
    assert (moved_up.to, moved_up.subject) == (["ola@example.org"], "Nå er det plass til deg")
    ola.open(link_in(moved_up))
    assert ola.heading == "Du har fått plass"

    desk.log_in(turid, "turid@example.org", "prov-link")
    turid.open(f"/admin/centres/event/{event.pk}/change/")
    assert turid.list_of("#people ~ * tbody th") == ["Kari", "Ola"]
    turid.follow("Liste til utskrift")
    assert turid.list_of("main tbody th") == ["Ola"]
    turid.follow("Tilbake til arrangementet")
    turid.follow("Avlys arrangementet")
    assert "1 person får e-post." in turid.text()
    turid.write("Hvorfor er det avlyst?", "Vi er syke")
    turid.press("Avlys arrangementet")
    (cancelled,) = worker()
    assert (cancelled.to, cancelled.subject) == (["ola@example.org"], "Det er avlyst")

    ola.open(link_in(moved_up))
    assert ola.heading == "Arrangementet er avlyst"
    ola.follow(TITLE)
    assert "Vi er syke" in ola.text()
