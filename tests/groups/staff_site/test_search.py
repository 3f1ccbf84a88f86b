"""Staff find groups, messages, enquiries and initiators again.

Names of people are looked for by a form, and no address holds what was typed there.
"""

from urllib.parse import parse_qs, quote_plus, urlsplit

import pytest
from django.urls import reverse

from centres.states import Role
from linkcenter.admin.hidden_search import revealed
from linkcenter.messages import outbox
from linkcenter.models import Channel
from tests import recipes

pytestmark = pytest.mark.django_db

LISTS = {
    "group": "groups_selfhelpgroup",
    "message": "linkcenter_message",
    "enquiry": "centres_enquiry",
    "initiator": "groups_initiator",
}


@pytest.fixture
def centre():
    return recipes.centre()


@pytest.fixture
def desk(client, centre):
    client.force_login(recipes.staff(Role.COORDINATOR, centre))
    return client


def shown(desk, what, address=""):
    page = desk.get(address or reverse(f"admin:{LISTS[what]}_changelist"))
    return list(page.context["cl"].result_list)


def searched(desk, what, text):
    return shown(desk, what, f"{reverse(f'admin:{LISTS[what]}_changelist')}?q={quote_plus(text)}")


def found(desk, what, text):
    """What the form above the list leads to; nobody reads in the address what was typed."""
    answer = desk.post(reverse(f"admin:{LISTS[what]}_find"), {"text": text})
    where = answer.headers["Location"]
    assert quote_plus(text) not in where
    assert revealed(parse_qs(urlsplit(where).query)["q"][0]) == text
    return shown(desk, what, where)


def test_group_by_its_name_and_by_whoever_is_in_it(desk, centre):
    group, other = recipes.group(centre, name="Bjørk"), recipes.group(centre, name="Furu")
    person = recipes.seat(group).registration.participant

    assert searched(desk, "group", "bjør") == [group]
    assert searched(desk, "group", person.reference) == [group]
    assert searched(desk, "group", "gran") == []
    assert set(searched(desk, "group", "")) == {group, other}


def test_message_by_whom_it_is_for(desk, centre):
    people = [recipes.participant(centre) for _each in range(2)]
    sent = [
        outbox.queue(
            somebody,
            matter="call",
            kind="call_us",
            channel=Channel.CALL,
            to="+4741234567",
            language="nb",
            subject="Ring oss",
            text="Hei",
        )
        for somebody in [*people, recipes.initiator(centre)]
    ]

    assert searched(desk, "message", people[1].reference) == [sent[1]]
    assert searched(desk, "message", "Hei") == []


@pytest.mark.parametrize("text", ["kanari", "Kari Kanarifugl", "412 34 567", "kari@example.org"])
@pytest.mark.parametrize("what", ["enquiry", "initiator"])
def test_encrypted_row_by_any_word_of_it(desk, centre, what, text):
    make = {"enquiry": recipes.enquiry, "initiator": recipes.initiator}[what]
    kari = {"name": "Kari Kanarifugl", "phone": "+4741234567", "email": "kari@example.org"}
    row = make(centre, **kari)
    make(centre, name="Anne", phone="+4798765432", email="anne@example.org")
    make(recipes.centre("link-annen"), **kari)

    assert found(desk, what, text) == [row]


def test_initiator_by_reference_and_enquiry_by_what_was_written(desk, centre):
    initiator, enquiry = recipes.initiator(centre), recipes.enquiry(centre, text="Har dere rampe?")
    recipes.initiator(centre)
    recipes.enquiry(centre)

    assert found(desk, "initiator", initiator.reference.lower()) == [initiator]
    assert found(desk, "enquiry", "rampe") == [enquiry]


def test_empty_search_shows_everything(desk, centre):
    recipes.initiator(centre)
    list_of_all = reverse("admin:groups_initiator_changelist")

    answer = desk.post(reverse("admin:groups_initiator_find"), {"text": "  "})

    assert answer.headers["Location"] == list_of_all
    assert len(shown(desk, "initiator")) == 1
