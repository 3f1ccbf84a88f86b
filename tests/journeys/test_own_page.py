"""Somebody's own page, from asking for a link to deleting everything, without an account."""

import re

import pytest

from centres.models import Centre
from linkcenter.messages import demo_mail
from participants.domain.person.consents import Agreement
from participants.domain.person.contact import Person
from participants.domain.registration.interest import Interest
from participants.domain.registration.register import register_interest
from participants.models import Participant, Registration
from participants.states import ConsentPurpose, ContactWay, RegistrationState
from tests.journeys.screen import Screen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def kari(country):
    registration = register_interest(
        Centre.objects.get(slug="link-tromso"),
        person=Person(
            name="Kari",
            email="kari@example.org",
            phone="+4741234567",
            preferred_way=ContactWay.EMAIL,
        ),
        interest=Interest(themes=["sorg-og-tap"], availability=["tue-evening"]),
        agreement=Agreement(purposes={ConsentPurpose.CONTACT, ConsentPurpose.THEME}),
    )
    Registration.objects.update(state=RegistrationState.WAITING)
    return registration


@pytest.fixture
def mail_folder(settings, tmp_path):
    """Mails are files, as in development, and are read there as people do it."""
    settings.EMAIL_BACKEND = "linkcenter.messages.demo_mail.MailFolder"
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


def newest_link(folder):
    """The personal link in the mail that came last, and its subject."""
    newest = demo_mail._read(max(folder.glob("*.eml")))
    (path,) = set(re.findall(r"/lenke/[A-Za-z0-9_-]{43}/", newest.text))
    return path, newest.subject


def ask_for_a_link(screen: Screen) -> None:
    screen.open("/min-side/")
    screen.press("Send meg en lenke")
    assert screen.page.title().startswith("Feil:")
    screen.write("E-postadressen eller telefonnummeret ditt", "Kari@example.org")
    screen.press("Send meg en lenke")
    assert screen.heading == "Se i e-posten din"


def open_link(screen: Screen, path: str) -> None:
    screen.open(path)
    assert screen.heading == "Åpne siden din"
    screen.press("Åpne siden min")
    assert (screen.heading, screen.path) == ("Min side", "/min-side/")


def test_own_page_from_the_link_to_deleting_everything(kari, window, worker, mail_folder):
    worker()

    # She asks for a link, and the one in the mail opens her page once.
    ask_for_a_link(window)
    worker()
    path, subject = newest_link(mail_folder)
    assert subject == "Lenken du ba om"
    open_link(window, path)
    assert path not in window.page.url
    assert "Du står på lista" in window.text()
    stranger = window.another()
    stranger.open_closed_door(path)
    assert stranger.heading == "Denne lenken er ikke åpen lenger"
    stranger.follow("Få en ny lenke")
    assert stranger.heading == "Min side"
    assert "Kari" not in stranger.text()

    # She changes when she can meet; a mistake keeps what she had typed.
    window.follow("Endre når du kan møtes")
    window.page.get_by_label("tirsdag kveld", exact=True).first.uncheck()
    window.press("Lagre")
    assert window.list_of("#error-summary li") == ["Kryss av for minst én tid når du kan."]
    window.choose("onsdag formiddag")
    window.press("Lagre")
    assert "Det er lagret." in window.text()
    assert Registration.objects.get().availability == ["wed-morning"]

    # Every other page looks as it should, too.
    for link, heading in (
        ("Endre hva slags gruppe du vil ha", "Gruppa du vil ha"),
        ("Endre hvem du møter, og hva rommet må ha", "Folkene og rommet"),
        ("Endre hvordan vi når deg", "Slik når vi deg"),
        ("Se alt vi har lagret om deg", "Dette har vi lagret om deg"),
        ("Se hva du har sagt ja til, og ta det tilbake", "Dette har du sagt ja til"),
    ):
        window.follow(link)
        assert window.heading == heading
        window.follow(re.compile("Tilbake til siden min"))
        assert window.heading == "Min side"
    window.follow("Se hva du har sagt ja til, og ta det tilbake")
    window.press(re.compile(r"Ta det tilbake\s*: temaet"))
    assert "Du har tatt det tilbake." in window.text()
    assert list(kari.themes.all()) == []
    window.follow("Tilbake til siden min")

    # A break, and back.
    window.follow("Ta en pause")
    window.write("Til hvilken dag?", "2027-02-01")
    window.press("Ta en pause")
    assert "Du tar en pause" in window.text("#status")
    window.press("Avslutt pausen nå")
    assert "Du står på lista" in window.text("#status")

    # She stops, thinks better of it by the link in the mail, and has her date.
    window.follow("Stopp, og gå ut av lista")
    window.press("Stopp, og ta meg av lista")
    assert window.page.title().startswith("Feil:")
    window.choose("Ja, jeg vil stoppe (må fylles ut)")
    window.press("Stopp, og ta meg av lista")
    assert "Du har trukket deg" in window.text("#status")
    worker()
    path, subject = newest_link(mail_folder)
    assert subject == "Vi har notert det"
    window.open(path)
    window.press("Sett meg på lista igjen")
    assert "samme dato som før" in window.text()
    window.follow("Min side")
    assert "Vi har fått meldingen din" in window.text("#status")
    assert Registration.objects.get().registered_at == kari.registered_at

    # She leaves the device; "back" shows nothing of her.
    window.press("Glem meg på denne enheten")
    assert window.heading == "Du er logget ut"
    window.page.go_back()
    assert "Kari" not in window.text("body")
    assert kari.participant.reference not in window.text("body")

    # In the end she wants everything gone.
    ask_for_a_link(window)
    Participant.objects.get().messages.filter(matter="own-page").delete()  # a minute has passed
    worker()
    open_link(window, newest_link(mail_folder)[0])
    window.follow("Slett alt om deg")
    window.choose("Ja, slett alt om meg (må fylles ut)")
    window.press("Slett alt")
    assert window.heading == "Alt om deg er slettet"
    assert not Participant.objects.exists()
    window.open("/min-side/")
    assert window.page.get_by_role("button", name="Send meg en lenke").is_visible()
