"""The forms for enquiries: each asks what it needs, keeps what was typed, and finds who answers."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from centres.enquiry_kinds import BY_SLUG
from centres.models import Enquiry
from centres.states import CentreStatus, Role
from linkcenter.forms.open_forms import MARK, TRAP
from linkcenter.models import Message
from tests import recipes
from tests.centres.enquiries import ask

pytestmark = pytest.mark.django_db

FORM_QUERIES = 4
with_every_kind = pytest.mark.parametrize("kind", ask.KINDS)


@pytest.fixture
def tromso():
    centre = recipes.centre("link-tromso", name="LINK Tromsø", phones=["41333186"])
    centre.municipalities.add(recipes.municipality("5501", name="Tromsø"))
    return centre


def is_written(enquiry: Enquiry) -> str:
    """All that somebody can have written in a form."""
    return "\n".join(filter(None, [enquiry.text, enquiry.name, enquiry.organisation, enquiry.page]))


@with_every_kind
def test_every_kind_is_sent_and_leads_to_what_happens_next(client, tromso, kind):
    response = ask.send(client, kind)

    enquiry = Enquiry.objects.get()
    receipt = client.get(response.headers["Location"])
    assert (enquiry.kind, enquiry.channel) == (BY_SLUG[kind].code, "web")
    assert receipt.status_code == 200
    for step in BY_SLUG[kind].next_steps:
        assert str(step) in receipt.content.decode()


@with_every_kind
def test_everything_that_was_asked_is_kept(client, tromso, kind):
    ask.send(client, kind)

    enquiry = Enquiry.objects.get()
    told = is_written(enquiry)
    for name in BY_SLUG[kind].asks:
        if name in ("text", "when", "people", "organisation", "page", "name"):
            assert ask.ANSWERS[name] in told
    assert enquiry.phone == ("+4741234567" if "phone" in BY_SLUG[kind].asks else None)
    assert enquiry.email == "kari@example.org"


@with_every_kind
def test_address_and_title_hold_nothing_of_who_wrote(client, tromso, kind):
    response = ask.send(client, kind, name="Kanarifugl", text="Kanarifugl")

    location = response.headers["Location"]
    page = client.get(location).content.decode()
    assert location.partition("?")[0] == ask.address(kind, "enquiry-sent")
    assert location.partition("?")[2] in ("", "senter=link-tromso")
    assert "anarifugl" not in page
    assert "<title>Vi har fått meldingen din – LINK</title>" in page


@with_every_kind
def test_empty_form_asks_for_what_is_missing(client, tromso, kind):
    response = client.post(ask.address(kind), {MARK: ask.mark("0" * 32)})

    declared = BY_SLUG[kind]
    ways = {"phone", "email"} if declared.needs_answer else set()
    assert set(response.context["form"].errors) == declared.needs | ways
    assert response.status_code == 200
    assert not Enquiry.objects.exists()


@with_every_kind
def test_what_was_typed_stays_when_something_is_wrong(client, tromso, kind):
    response = ask.send(client, kind, email="kari", text="Dette skrev jeg.")

    html = response.content.decode()
    assert set(response.context["form"].errors) == {"email"}
    assert "Dette skrev jeg." in html
    assert '<div class="ds-error-summary" tabindex="-1" autofocus' in html
    assert "<title>Feil: " in html


@with_every_kind
def test_every_field_says_whether_it_must_be_filled_in(client, tromso, kind):
    html = client.get(ask.address(kind)).content.decode()

    form = client.get(ask.address(kind)).context["form"]
    marks = re.findall(r'<span class="link-mark">\(([^)]+)\)</span>', html)
    assert len(marks) == len(form.fields)  # the trap has one as well, and nobody sees it
    assert set(marks) <= {"må fylles ut", "valgfritt", "én av de to"}


@with_every_kind
def test_form_asks_the_database_little(client, tromso, kind, django_assert_max_num_queries):
    client.get(ask.address(kind))

    with django_assert_max_num_queries(FORM_QUERIES):
        client.get(f"{ask.address(kind)}?senter=link-tromso")
    with django_assert_max_num_queries(FORM_QUERIES):
        client.get(ask.address(kind))


@pytest.mark.parametrize(("phone", "email"), [("412 34 567", ""), ("", "kari@example.org")])
def test_one_way_to_answer_is_enough(client, tromso, phone, email):
    ask.send(client, "sporsmal", phone=phone, email=email)

    assert Enquiry.objects.count() == 1


@pytest.mark.parametrize("kind", ["feil", "tilgjengelighet"])
def test_what_is_wrong_can_be_told_by_anybody(client, kind):
    ask.send(client, kind, email=None, phone=None)

    enquiry = Enquiry.objects.get()
    assert (enquiry.email, enquiry.phone, enquiry.name) == (None, None, None)
    assert not Message.objects.exists()


def test_centre_of_the_address_answers(client, tromso):
    page = client.get(f"{ask.address('sporsmal')}?senter=link-tromso")
    response = ask.send(
        client, "sporsmal", query="?senter=link-tromso", municipality=None, centre=None
    )

    assert {"municipality", "centre"}.isdisjoint(page.context["form"].fields)
    assert Enquiry.objects.get().centre == tromso
    assert response.headers["Location"].endswith("takk/?senter=link-tromso")


def test_chosen_centre_answers(client, tromso):
    other = recipes.centre("link-oslo")

    ask.send(client, "sporsmal", centre="link-oslo")

    assert Enquiry.objects.get().centre == other


def test_centre_that_serves_the_municipality_answers(client, tromso):
    ask.send(client, "frivillig")

    enquiry = Enquiry.objects.get()
    assert (enquiry.centre, enquiry.municipality.number) == (tromso, "5501")


@pytest.mark.parametrize("municipality", ["", "Oslo"])
def test_administrators_answer_where_there_is_no_centre(client, tromso, municipality):
    recipes.municipality("0301", name="Oslo")

    response = ask.send(client, "sporsmal", municipality=municipality)

    assert Enquiry.objects.get().centre is None
    assert response.headers["Location"] == ask.address("sporsmal", "enquiry-sent")


def test_closed_centre_is_not_asked(client, tromso):
    recipes.centre("gammel", status=CentreStatus.CLOSED, takes_registrations=False)

    ask.send(client, "sporsmal", query="?senter=gammel")
    refused = ask.send(client, "sporsmal", form_id="1" * 32, centre="gammel")

    assert Enquiry.objects.get().centre == tromso
    assert set(refused.context["form"].errors) == {"centre"}


@pytest.mark.parametrize(
    ("query", "centre", "page"),
    [
        ("?side=/sentre/link-tromso/", "link-tromso", "/sentre/link-tromso/"),
        ("?side=/nn/sentre/link-tromso/", "link-tromso", "/nn/sentre/link-tromso/"),
        ("?side=/sentre/gammel/", "gammel", "/sentre/gammel/"),
        ("?side=/om-selvhjelp/%3Fq%3DKari", None, "/om-selvhjelp/"),
        ("?side=/om-selvhjelp/&senter=link-tromso", "link-tromso", "/om-selvhjelp/"),
        ("?side=/svar/abc/", None, "Forsiden"),
        ("?side=/admin/", None, "Forsiden"),
        ("?side=//elsewhere.example/", None, "Forsiden"),
        ("?side=https://elsewhere.example/", None, "Forsiden"),
        ("?side=//[", None, "Forsiden"),
        ("?side=http://[x", None, "Forsiden"),
        ("?side=/om-selvhjelp/%23x", None, "Forsiden"),
        ("?side=javascript:alert(1)", None, "Forsiden"),
        ("", None, "Forsiden"),
    ],
)
def test_mistake_lands_with_those_whose_page_it_is(client, tromso, query, centre, page):
    recipes.centre("gammel", status=CentreStatus.CLOSED, takes_registrations=False)

    ask.send(client, "feil", query=query)

    enquiry = Enquiry.objects.get()
    assert (enquiry.centre and enquiry.centre.slug, enquiry.page) == (centre, page)


def test_municipality_of_the_address_is_filled_in(client, tromso):
    page = client.get(f"{ask.address('informasjonsmote')}?kommune=5501")

    assert page.context["form"]["municipality"].value() == "Tromsø"


def test_form_says_who_reads_it(client, tromso):
    recipes.centre("link-oslo", name="LINK Oslo")
    recipes.staff(Role.COORDINATOR, tromso)

    staffed = client.get(f"{ask.address('sporsmal')}?senter=link-tromso")
    nobody = client.get(f"{ask.address('sporsmal')}?senter=link-oslo")

    assert "Det går til LINK Tromsø. Bare de som jobber der, leser det." in staffed.content.decode()
    assert "De som driver disse sidene" in nobody.content.decode()


@pytest.mark.parametrize(
    ("kind", "leads_to"),
    [
        ("sporsmal", "participants:register"),
        ("igangsetter", "participants:register"),
        ("organisasjon", "centres:for-professionals"),
        ("informasjonsmote", "centres:for-professionals"),
    ],
)
def test_who_wants_a_group_registers_and_who_knows_somebody_hands_on(client, kind, leads_to):
    html = client.get(ask.address(kind)).content.decode()

    main = html[html.index("<main") : html.index("</main>")]
    assert f'href="{reverse(leads_to)}"' in main


def test_same_page_sent_twice_gives_the_same_receipt(client, tromso):
    responses = [ask.send(client, "sporsmal") for _time in range(2)]

    assert {each.headers["Location"] for each in responses} == {
        f"{ask.address('sporsmal', 'enquiry-sent')}?senter=link-tromso"
    }
    assert Enquiry.objects.count() == 1
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    "carried", [{}, {MARK: "x"}, {MARK: ask.mark("0" * 32), TRAP: "https://example.org"}]
)
def test_program_gets_into_no_list_and_sends_no_mail(client, tromso, carried):
    response = client.post(ask.address("sporsmal"), {**ask.answers("sporsmal"), **carried})

    assert response.status_code == 200
    assert response.context["form"].has_error("__all__", "program")
    assert not Enquiry.objects.exists()
    assert not Message.objects.exists()


def test_page_that_lay_open_too_long_keeps_what_was_typed(tromso):
    client = Client(enforce_csrf_checks=True)
    client.get(ask.address("sporsmal"))

    stale = ask.send(client, "sporsmal", text="Dette skrev jeg.")

    html = stale.content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    again = ask.send(
        client, "sporsmal", text="Dette skrev jeg.", csrfmiddlewaretoken=token and token[1]
    )
    assert stale.status_code == 403
    assert "Dette skrev jeg." in html
    assert again.status_code == 302
    assert Enquiry.objects.get().text == "Dette skrev jeg."


def test_opening_the_form_keeps_nothing(client, tromso):
    client.get(f"{ask.address('sporsmal')}?senter=link-tromso")
    client.head(ask.address("sporsmal"))

    assert not Enquiry.objects.exists()
    assert "session" not in client.cookies


def test_page_of_ways_to_join_leads_to_each_form(client):
    response = client.get(reverse("centres:join"))

    html = response.content.decode()
    for kind in ("frivillig", "igangsetter", "organisasjon", "informasjonsmote", "lan"):
        assert f'href="{ask.address(kind)}"' in html
    assert response.cookies == {}


@pytest.mark.parametrize("kind", ["x", "SPORSMAL", "sporsmal-"])
def test_unknown_kind_is_not_found(client, kind):
    assert client.get(f"/kontakt/{kind}/").status_code == 404
    assert client.get(f"/kontakt/{kind}/takk/").status_code == 404
