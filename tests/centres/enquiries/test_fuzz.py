"""Whatever is posted: never a 5xx, and what is stored is what was typed, made safe to store."""

from ipaddress import ip_address
from itertools import count
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from centres.enquiry_kinds import BY_SLUG
from centres.forms.enquiries import QuestionFields
from centres.models import Enquiry
from linkcenter.forms.open_forms import MARK, TRAP
from linkcenter.forms.text import clean_text
from tests import recipes
from tests.centres.enquiries import ask

pytestmark = pytest.mark.django_db

MODEST = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
THOROUGH = settings(MODEST, max_examples=1500)

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
        "9" * 400,
        "+47" * 50,
        "a@b",
        "' or 1=1 --",
        "%s%(x)s{{ x }}",
        "//[",
        "<script>alert(1)</script>",
        "a\r\nBcc: b@example.org",
        "å" * 10_000,
    ]
)
KNOWN = st.sampled_from(
    ["room", "staff", "both", "Tromsø", "5501", "link-tromso", "412 34 567", "kari@example.org"]
)
VALUE = st.one_of(st.text(max_size=60), ODD, KNOWN)
NAMES = sorted([*QuestionFields.base_fields, MARK, TRAP, "kind"])
POSTED = st.dictionaries(
    st.sampled_from(NAMES), st.one_of(VALUE, st.lists(VALUE, max_size=4)), max_size=len(NAMES)
)
KIND = st.sampled_from(ask.KINDS)
QUERY = st.fixed_dictionaries(
    {},
    optional={"senter": VALUE, "side": st.one_of(VALUE, st.just("/sentre/x/")), "kommune": VALUE},
)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=60)


@pytest.fixture(autouse=True)
def tromso():
    centre = recipes.centre("link-tromso")
    centre.municipalities.add(recipes.municipality("5501", name="Tromsø"))


_hosts = count(1)


def somebody() -> Client:
    """A browser at an address of its own, so that no limit is met."""
    return Client(REMOTE_ADDR=str(ip_address("10.0.0.0") + next(_hosts)))


def anything_gets_an_answer(kind, query, posted):
    client = somebody()
    before = Enquiry.objects.count()

    opened = client.get(ask.address(kind), query)
    answer = client.post(ask.address(kind), posted)

    assert opened.status_code in (200, 400, 414)
    assert answer.status_code in (200, 400)
    assert Enquiry.objects.count() == before  # no page of ours was answered


def filled_form_gets_an_answer(kind, changes):
    data = {MARK: ask.mark(uuid4().hex), **ask.answers(kind), **changes}

    answer = somebody().post(ask.address(kind), data)

    assert answer.status_code in (200, 302, 400)
    if answer.status_code == 302:
        assert somebody().get(answer.headers["Location"]).status_code == 200


@MODEST
@given(kind=KIND, query=QUERY, posted=POSTED)
def test_anything_posted_gets_an_answer(kind, query, posted):
    anything_gets_an_answer(kind, query, posted)


@MODEST
@given(kind=KIND, changes=POSTED)
def test_filled_form_with_anything_changed_gets_an_answer(kind, changes):
    filled_form_gets_an_answer(kind, changes)


@pytest.mark.prove
@THOROUGH
@given(kind=KIND, query=QUERY, posted=POSTED)
def test_a_lot_of_anything_gets_answers(kind, query, posted):
    anything_gets_an_answer(kind, query, posted)


@pytest.mark.prove
@THOROUGH
@given(kind=KIND, changes=POSTED)
def test_a_lot_of_filled_forms_get_answers(kind, changes):
    filled_form_gets_an_answer(kind, changes)


@MODEST
@given(kind=KIND, text=TEXT, name=TEXT, line=TEXT)
def test_stored_text_is_the_typed_text_made_safe(kind, text, name, line):
    form_id = uuid4()  # a form sent twice is one enquiry
    changes = {"text": f"Hei {text}"}
    if "name" in BY_SLUG[kind].asks:
        changes["name"] = f"Kari {name}"
    if "when" in BY_SLUG[kind].asks:
        changes["when"] = f"Mandag {line}"

    answer = ask.send(somebody(), kind, form_id=form_id.hex, **changes)

    enquiry = Enquiry.objects.get(form_id=form_id)
    assert answer.status_code == 302
    assert enquiry.text.endswith(clean_text(f"Hei {text}"))
    if "name" in changes:
        assert enquiry.name == " ".join(clean_text(f"Kari {name}").split())
    if "when" in changes:
        assert " ".join(clean_text(f"Mandag {line}").split()) in enquiry.text
