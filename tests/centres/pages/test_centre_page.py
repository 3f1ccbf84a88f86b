"""What a centre's page tells: how to reach it, when it is open, and what it is."""

import re
from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from centres.models import Article, ContactPerson, OpeningHours, Organisation, Partnership
from centres.states import ArticleKind, CentreStatus, PartnerRole
from tests import recipes

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return recipes.centre("tromso", name="LINK Tromsø")


def page(client, address="/en/sentre/tromso/"):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def section(html, name):
    """The links' texts in one section; nothing where it is not there."""
    found = re.search(rf'<section[^>]*aria-labelledby="{name}">.*?</section>', html, re.DOTALL)
    return re.findall(r"<a [^>]*>(.*?)</a>", found[0]) if found else []


def news(centre, **fields):
    slug = f"nytt-{Article.objects.count()}"
    defaults = {"kind": ArticleKind.NEWS, "slug": slug, "title_nb": slug, "published": True}
    return Article.objects.create(centre=centre, **(defaults | fields))


def test_coming_events_are_shown_the_next_one_first(client, centre):
    now = timezone.now()
    recipes.event(centre, title_nb="Siden", starts_at=now + timedelta(days=9))
    recipes.event(centre, title_nb="Snart", starts_at=now + timedelta(days=2))
    recipes.event(centre, title_nb="Over", starts_at=now - timedelta(days=2))
    recipes.event(centre, title_nb="Kladd", published=False)
    recipes.event(recipes.centre("oslo"), title_nb="Oslo")

    assert section(page(client), "events") == ["Snart", "Siden"]


def test_cancelled_event_is_shown_as_such(client, centre):
    recipes.event(centre, cancelled_at=timezone.now(), cancelled_because="Syk")

    assert "Cancelled" in page(client)


def test_news_of_the_centre_is_shown_the_latest_first(client, centre):
    today = timezone.localdate()
    news(centre, title_nb="Gammelt", published_on=today - timedelta(days=9))
    news(centre, title_nb="Nytt", published_on=today)
    news(centre, title_nb="Senere", published_on=today + timedelta(days=1))
    news(centre, title_nb="Kladd", published=False)
    news(None, title_nb="Alles")

    assert section(page(client), "news") == ["Nytt", "Gammelt"]


def test_rooms_in_use_tell_what_the_house_offers(client, centre):
    recipes.venue(centre, step_free=True, own_key=True)
    recipes.venue(centre, hearing_loop=True, active=False)

    tags = re.findall(r'<li class="ds-tag">(.*?)</li>', page(client))

    assert tags == ["Step-free", "Each group has its own key"]


def test_who_stands_behind_is_shown_with_what_and_when(client, centre):
    for role, fields in (
        (PartnerRole.FUNDER, {"amount": 1_500_000, "years": 3}),
        (PartnerRole.PARTNER, {"from_year": 2019, "to_year": 2026, "note": "Møteplass"}),
        (PartnerRole.REFERRER, {}),
    ):
        organisation = Organisation.objects.create(name=f"Den som er {role}")
        Partnership.objects.create(centre=centre, organisation=organisation, role=role, **fields)

    found = re.search(r'aria-labelledby="behind">(.*?)</section>', page(client), re.DOTALL)

    assert found is not None
    assert re.findall(r"<h3[^>]*>(.*?)</h3>|<li>(.*?)</li>", found[1]) == [
        ("Money comes from", ""),
        ("", "Den som er funder, 1,500,000 kroner over 3 years"),
        ("Works together with", ""),
        ("", "Den som er partner (2019–2026). Møteplass"),
        ("Tell people about us", ""),
        ("", "Den som er referrer"),
    ]


@pytest.mark.parametrize(
    ("status", "opens", "words"),
    [
        (CentreStatus.PLANNED, None, "This centre is being planned."),
        (
            CentreStatus.PLANNED,
            date(2027, 3, 1),
            "This centre is planned to open on 1 March 2027.",
        ),
        (CentreStatus.ESTABLISHING, None, "This centre is being set up."),
        (CentreStatus.ESTABLISHING, date(2020, 3, 1), "This centre is being set up."),
        (
            CentreStatus.ESTABLISHING,
            date(2027, 3, 1),
            "This centre is being set up, and opens on 1 March 2027.",
        ),
        (CentreStatus.PAUSED, None, "This centre has a break."),
    ],
)
def test_status_is_told_in_words(client, centre, time_machine, status, opens, words):
    time_machine.move_to("2026-11-22 12:00+01:00")
    type(centre).objects.update(status=status, valid_from=opens, takes_registrations=False)

    assert f'data-open="no">{words}</p>' in page(client)


@pytest.fixture
def gone(centre):
    """A place that was, in the municipality that LINK Tromsø serves."""
    place = recipes.municipality("5501", name="Tromsø")
    centre.municipalities.add(place)
    gone = recipes.centre(
        "gammel",
        status=CentreStatus.HISTORIC,
        takes_registrations=False,
        valid_to=date(2015, 6, 1),
        phones=["77 00 00 00"],
    )
    gone.municipalities.add(place)
    return gone


def test_page_of_a_place_that_is_gone_leads_to_those_who_serve_its_people_now(client, centre, gone):
    recipes.centre("oslo")
    follower = recipes.centre("alta", name="LINK Alta")
    type(gone).objects.filter(pk=gone.pk).update(forwards_to=follower)

    html = page(client, "/en/sentre/gammel/")

    alert = re.search(r'<div class="ds-alert" data-color="info">.*?</div>', html, re.DOTALL)
    assert alert is not None
    assert "This place closed on 1 June 2015." in alert[0]
    assert re.findall(r"<a [^>]*>(.*?)</a>", alert[0]) == ["LINK Alta", "LINK Tromsø"]


def test_page_of_a_place_that_is_gone_gives_no_number_to_ring(client, gone):
    html = page(client, "/en/sentre/gammel/")

    assert "77 00 00 00" not in html


def test_page_of_a_place_that_is_gone_takes_few_queries(client, gone, django_assert_num_queries):
    with django_assert_num_queries(3):
        client.get("/sentre/gammel/")


def test_something_wrong_leads_to_a_form_that_knows_the_page(client, centre):
    html = page(client, "/nn/sentre/tromso/")

    link = 'href="/nn/kontakt/feil/?senter=tromso&amp;side=%2Fnn%2Fsentre%2Ftromso%2F"'
    assert link in html


def test_everybody_can_write_to_the_centre_and_invite_it(client, centre):
    html = page(client, "/nn/sentre/tromso/")

    assert re.findall(r'href="(/nn/kontakt/[^"?]*[?]senter=tromso)"', html) == [
        "/nn/kontakt/sporsmal/?senter=tromso",
        "/nn/kontakt/informasjonsmote/?senter=tromso",
    ]


def test_nobody_can_write_to_a_place_that_is_gone(client, gone):
    assert "/kontakt/sporsmal/?senter=" not in page(client, "/en/sentre/gammel/")


def test_what_a_centre_does_can_be_read_in_full(client, centre):
    for title, body in [("Åpent hus", "Kom **som du er**."), ("Turgruppe", "")]:
        slug = title.split()[0].lower().replace("å", "a")
        kind = ArticleKind.PROGRAMME
        news(centre, kind=kind, slug=slug, title_nb=title, summary_nb="Kort.", body_nb=body)

    html = page(client, "/sentre/tromso/")

    does = html.split('aria-labelledby="does"')[1].split("</section>")[0]
    assert "<strong>som du er</strong>" in does
    assert does.count("<details") == 1


def test_centre_page_shows_how_to_reach_it(client):
    recipes.centre(
        "link-tromso",
        name="LINK Tromsø og Omegn",
        phones=["413 33 186"],
        email="linktromso@gmail.com",
        website="www.linktromsø.no",
        visiting_address="Sjøgata 2",
        postal_code="9236",
        postal_place="Tromsø",
    )

    html = page(client, "/sentre/link-tromso/")

    assert 'href="tel:41333186">413 33 186<' in html
    assert 'href="mailto:linktromso@gmail.com"' in html
    assert 'href="https://www.xn--linktroms-t8a.no" rel="noreferrer">www.linktromsø.no<' in html
    assert "Sjøgata 2<br>9236 Tromsø" in html


def test_centre_page_shows_only_published_people(client):
    centre = recipes.centre("a")
    ContactPerson.objects.create(centre=centre, name="Vist Navn", published=True)
    ContactPerson.objects.create(centre=centre, name="Skjult Navn")

    html = page(client, "/sentre/a/")

    assert ("Vist Navn" in html, "Skjult Navn" in html) == (True, False)


def test_centre_page_shows_no_notes_or_doubts_of_staff(client):
    centre = recipes.centre("a", doubts="Hemmelig tvil")
    ContactPerson.objects.create(
        centre=centre, name="Kari", published=True, note="Hemmelig merknad"
    )

    assert "Hemmelig" not in page(client, "/sentre/a/")


def test_centre_page_shows_the_notice_only_in_its_days(client, time_machine):
    recipes.centre(
        "a",
        notice_nb="Vi pusser opp",
        notice_from=date(2026, 11, 20),
        notice_until=date(2026, 11, 25),
    )
    shown = {}

    for day in ("2026-11-19", "2026-11-20", "2026-11-25", "2026-11-26"):
        time_machine.move_to(f"{day} 12:00+01:00")
        shown[day] = "Vi pusser opp" in page(client, "/sentre/a/")

    assert list(shown.values()) == [False, True, True, False]


def test_centre_page_says_open_now_until_when(client, time_machine):
    centre = recipes.centre("a")
    OpeningHours.objects.create(centre=centre, weekday=0, opens=time(8, 30), closes=time(16))
    time_machine.move_to("2026-11-23 10:00+01:00")

    html = page(client, "/en/sentre/a/")

    assert 'data-open="yes">Open now, until 16.00<' in html


def test_centre_page_offers_registration_where_it_is_taken(client):
    other = recipes.centre("link")
    recipes.centre("punkt", takes_registrations=False, forwards_to=other)
    recipes.centre("stengt", takes_registrations=False)

    links = [
        f'href="/meld-interesse/{target}/"' in page(client, f"/sentre/{slug}/")
        for slug, target in (("link", "link"), ("punkt", "link"), ("stengt", "stengt"))
    ]

    assert links == [True, True, False]


def test_page_of_a_closed_centre_says_when_and_where_to_go(client):
    recipes.centre(
        "gammel",
        status=CentreStatus.HISTORIC,
        takes_registrations=False,
        valid_to=date(2023, 6, 1),
    )

    html = page(client, "/en/sentre/gammel/")

    assert "This place closed on 1 June 2023." in html
    assert "Register interest</a></p>" not in html


def test_centre_page_in_a_language_without_a_text_falls_back_to_bokmal(client):
    recipes.centre("a", vision_nb="Et mål", vision_nn="Eit mål")

    assert "Eit mål" in page(client, "/nn/sentre/a/")
    assert "Et mål" in page(client, "/en/sentre/a/")
