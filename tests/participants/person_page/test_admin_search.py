"""Staff find a person again, and nobody reads in an address whom they looked for."""

from urllib.parse import parse_qs, quote_plus, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from centres.models import Centre
from centres.states import Role
from linkcenter.admin.hidden_search import revealed
from participants.domain.person.search import find_people, hidden
from participants.models import Participant
from tests import recipes

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Centre:
    return recipes.centre()


@pytest.fixture
def kari(centre: Centre) -> Participant:
    person = recipes.participant(
        centre, name="Kari Ås", phone="+4741234567", email="Kari@example.org"
    )
    recipes.registration(person)
    recipes.registration(recipes.participant(centre, name="Ola Nord", phone="+4798765432"))
    return person


@pytest.mark.parametrize(
    "text",
    [
        "412 34 567",
        "+47 41234567",
        "004741234567",
        "4567",
        "kari@example.org",
        "KARI@EXAMPLE.ORG",
        "kari",
        "Ås kari",
        "  Kari  Ås ",
    ],
)
def test_person_is_found_by_phone_mail_or_words_of_the_name(
    centre: Centre, kari: Participant, text: str
) -> None:
    assert list(find_people(text, centre_ids=[centre.pk])) == [kari]


@pytest.mark.parametrize("form", ["{}", "d-{}", "D{}", " D – {}"])
def test_person_is_found_by_reference(centre: Centre, kari: Participant, form: str) -> None:
    text = form.format(kari.reference.removeprefix("D-"))

    assert list(find_people(text, centre_ids=[centre.pk])) == [kari]


@pytest.mark.parametrize(
    "text", ["", "kar", "Kari Nord", "567", "5678", "kari@example", "D-1", "9" * 200, "%", "🙂"]
)
def test_parts_and_mixtures_find_nobody(centre: Centre, kari: Participant, text: str) -> None:
    assert list(find_people(text, centre_ids=[centre.pk])) == []


def test_other_centre_finds_nobody(kari: Participant) -> None:
    other = recipes.centre()

    for text in ("kari", "4567", kari.reference, "kari@example.org"):
        assert list(find_people(text, centre_ids=[other.pk])) == []
        assert list(find_people(text, centre_ids=[])) == []


@pytest.mark.parametrize("text", ["Kari Ås", "41234567", "4567", "kari@example.org", "412 34 567"])
def test_search_goes_through_an_address_without_the_words(
    client: Client, centre: Centre, kari: Participant, text: str
) -> None:
    client.force_login(recipes.staff(Role.COORDINATOR, centre))
    find = reverse("admin:participants_registration_find")

    answer = client.post(find, {"text": text})
    page = client.get(answer.headers["Location"])

    address = answer.headers["Location"]
    assert quote_plus(text) not in address
    assert revealed(parse_qs(urlsplit(address).query)["q"][0]) == text
    assert [row.participant for row in page.context["cl"].result_list] == [kari]
    assert f'value="{text}"' in page.content.decode()


def test_reference_may_stand_in_the_address(
    client: Client, centre: Centre, kari: Participant
) -> None:
    client.force_login(recipes.staff(Role.COORDINATOR, centre))

    answer = client.post(reverse("admin:participants_registration_find"), {"text": kari.reference})

    assert answer.headers["Location"].endswith(f"?q={kari.reference}")


def test_empty_search_shows_everybody(client: Client, centre: Centre, kari: Participant) -> None:
    client.force_login(recipes.staff(Role.COORDINATOR, centre))

    answer = client.post(reverse("admin:participants_registration_find"), {"text": "  "})

    assert answer.headers["Location"] == reverse("admin:participants_registration_changelist")


def test_hidden_text_is_revealed_and_other_text_stays() -> None:
    assert revealed(hidden("Kari Ås")) == "Kari Ås"
    assert revealed("Kari") == "Kari"
    assert revealed("æøå") == "æøå"
