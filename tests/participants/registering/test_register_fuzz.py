"""Whatever is posted: never a 5xx, and what is stored is what was typed, made safe to store."""

from itertools import count

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkcenter.forms.text import clean_text
from participants.forms.registration.drafts import FIELD
from participants.forms.registration.pages import FORMS
from participants.models import Participant, Registration
from tests.participants import walk

pytestmark = pytest.mark.django_db

MODEST = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

ODD = st.sampled_from(
    [
        "",
        " ",
        "\x00",
        "\u202e\u200b\ufeff",
        "😀👩‍👧‍👦" * 40,
        "مرحبا",
        "e\u0301" * 300,
        "٣٤٥",
        "1e9",
        "-1",
        "9" * 400,
        "NaN",
        "+47" * 50,
        "a@b",
        "' or 1=1 --",
        "%s%(x)s{{ x }}",
        "a\r\nBcc: b@example.org",
        "å" * 10_000,
    ]
)
KNOWN = st.sampled_from(
    ["own", "either", "digital", "no", "any", "women", "tue-evening", "on", "nb", "Tromsø", "2020"]
)
VALUE = st.one_of(st.text(max_size=60), ODD, KNOWN)
NAMES = sorted({name for form in FORMS.values() for name in form.base_fields} | {FIELD, "again"})
POSTED = st.dictionaries(
    st.sampled_from(NAMES), st.one_of(VALUE, st.lists(VALUE, max_size=4)), max_size=len(NAMES)
)


NUMBERS = count()  # a post from an address of its own meets no limit


@pytest.fixture
def centre():
    return walk.place()


@MODEST
@given(page=st.sampled_from([*FORMS, "sjekk"]), posted=POSTED)
def test_anything_posted_gets_an_answer(centre, page, posted):
    client = Client()

    first = client.post(walk.path(centre, page), posted)
    again = client.get(walk.path(centre, page))

    assert first.status_code in (200, 302, 400)
    assert again.status_code in (200, 302)
    assert not Participant.objects.exists()


@MODEST
@given(page=st.sampled_from(list(FORMS)), changes=POSTED)
def test_filled_page_with_anything_changed_gets_an_answer(centre, page, changes):
    client = Client()

    first = client.post(walk.path(centre, page), {**walk.PAGES[page], **changes})
    last = client.post(walk.path(centre, "sjekk"), walk.yes())

    assert first.status_code in (200, 302, 400)
    assert last.status_code == 302


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=40)


@settings(MODEST, max_examples=40)
@given(name=TEXT, message=TEXT)
def test_stored_text_is_the_typed_text_made_safe(centre, name, message):
    somewhere = f"127.0.1.{next(NUMBERS) % 250}"
    walk.send(Client(REMOTE_ADDR=somewhere), centre, name=f"Kari {name}", message=message)

    registration = Registration.objects.latest("pk")
    assert registration.participant.name == " ".join(clean_text(f"Kari {name}").split())
    assert registration.message == clean_text(message)
