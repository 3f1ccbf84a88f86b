from datetime import date
from xml.etree import ElementTree

import pytest

from centres.models import Article
from centres.states import ArticleKind
from tests import recipes

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def address(article):
    """In Bokmål, whatever language the last request was in."""
    return f"/aktuelt/{article.pk}-{article.slug}/"


def titles(response):
    return [article.title for article in response.context["page"]]


def entries(response):
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")  # noqa: S314  # ours


def test_news_is_listed_with_the_latest_first(client):
    recipes.news(title_nb="Gammelt", published_on=date(2026, 1, 1))
    recipes.news(title_nb="Nytt", published_on=date(2026, 2, 1))

    assert titles(client.get("/aktuelt/")) == ["Nytt", "Gammelt"]


def test_drafts_and_what_is_no_news_are_not_in_the_list(client):
    recipes.news(title_nb="Utkast", published=False)
    Article.objects.create(
        kind=ArticleKind.INFORMATION, slug="a", title_nb="Informasjon", published=True
    )

    assert titles(client.get("/aktuelt/")) == []


def test_news_with_a_date_ahead_waits_for_its_day(client, time_machine):
    article = recipes.news(published_on=date(2026, 12, 1))
    found = []

    for day in ("2026-11-30", "2026-12-01"):
        time_machine.move_to(f"{day} 12:00+01:00")
        answer = client.get(address(article))
        found.append((titles(client.get("/aktuelt/")), answer.status_code))

    assert found == [([], 404), ([article.title], 200)]


def test_news_of_one_centre_can_be_chosen(client):
    oslo = recipes.centre("link-oslo", name="LINK Oslo")
    recipes.news(title_nb="I Oslo", centre=oslo)
    recipes.news(title_nb="I Tromsø", centre=recipes.centre("link-tromso", name="LINK Tromsø"))
    recipes.news(title_nb="Overalt")
    recipes.centre("uten-nytt")

    response = client.get("/aktuelt/?senter=link-oslo")

    assert titles(response) == ["I Oslo"]
    assert [centre.slug for centre in response.context["centres"]] == ["link-oslo", "link-tromso"]


@pytest.mark.parametrize("address", ["/aktuelt/?senter=ingen", "/aktuelt/atom.xml?senter=ingen"])
def test_news_of_an_unknown_centre_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_long_list_goes_on_by_plain_links_that_keep_the_choice(client):
    oslo = recipes.centre("link-oslo")
    for day in range(1, 13):
        recipes.news(centre=oslo, published_on=date(2026, 1, day))

    first = client.get("/aktuelt/?senter=link-oslo").content.decode()
    second = client.get("/aktuelt/?senter=link-oslo&side=2")

    assert 'rel="next" href="/aktuelt/?senter=link-oslo&amp;side=2"' in first
    assert len(titles(second)) == 2


@pytest.mark.parametrize("side", ["", "0", "-1", "99", "to", "1" * 400])
def test_page_that_is_not_there_gives_the_nearest(client, side):
    recipes.news(title_nb="Nytt")

    assert titles(client.get("/aktuelt/", {"side": side})) == ["Nytt"]


def test_news_shows_the_centre_and_both_dates(client):
    article = recipes.news(
        centre=recipes.centre(name="LINK Oslo"),
        published_on=date(2026, 1, 5),
        updated_on=date(2026, 2, 6),
    )

    html = client.get(f"/en{address(article)}").content.decode()

    assert '<time datetime="2026-01-05">5 January 2026</time> · LINK Oslo' in html
    assert "Last updated 6 February 2026." in html


def test_news_corrects_its_address(client):
    article = recipes.news(slug="riktig")

    response = client.get(f"/nn/aktuelt/{article.pk}-feil/")

    assert (response.status_code, response["Location"]) == (
        301,
        f"/nn/aktuelt/{article.pk}-riktig/",
    )


def test_draft_of_news_is_not_found(client):
    assert client.get(address(recipes.news(published=False))).status_code == 404


def test_feed_stands_on_the_site_s_own_address_whoever_asks(client, settings):
    settings.BASE_URL = "https://link.example"
    article = recipes.news(
        slug="nytt", title_nb="A & B", body_nb="[Meld deg](/meld-interesse/)", summary_nb="1 < 2"
    )

    response = client.get("/aktuelt/atom.xml", headers={"host": "localhost"})

    (entry,) = entries(response)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert entry.findtext(f"{ATOM}title") == "A & B"
    assert entry.find(f"{ATOM}link").get("href") == (
        f"https://link.example/aktuelt/{article.pk}-nytt/"
    )
    assert entry.findtext(f"{ATOM}id") == f"tag:link.example,2026:nb/{article.pk}"
    assert entry.findtext(f"{ATOM}summary") == "1 &lt; 2"
    assert 'href="https://link.example/meld-interesse/"' in entry.findtext(f"{ATOM}content")


def test_feed_holds_what_atom_asks_for(client):
    recipes.news(published_on=date(2026, 1, 5), updated_on=date(2026, 1, 1))

    feed = ElementTree.fromstring(client.get("/aktuelt/atom.xml").content)  # noqa: S314  # ours

    (entry,) = feed.findall(f"{ATOM}entry")
    for element in (feed, entry):
        assert all(element.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
        assert element.find(f"{ATOM}author").findtext(f"{ATOM}name") == "LINK"
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")] == ["alternate", "self"]
    assert entry.findtext(f"{ATOM}updated") == "2026-01-05T00:00:00+01:00"


def test_feed_says_the_language_of_each_text(client):
    recipes.news(title_nb="Bokmål", title_nn="Nynorsk", published_on=date(2026, 2, 1))
    recipes.news(title_nb="Bare bokmål", published_on=date(2026, 1, 1))

    found = entries(client.get("/nn/aktuelt/atom.xml"))

    language = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [(each.findtext(f"{ATOM}title"), each.get(language)) for each in found] == [
        ("Nynorsk", "nn"),
        ("Bare bokmål", "nb"),
    ]


def test_feed_of_one_centre_holds_only_its_own(client):
    oslo = recipes.centre("link-oslo", name="LINK Oslo")
    recipes.news(title_nb="I Oslo", centre=oslo)
    recipes.news(title_nb="Overalt")

    response = client.get("/aktuelt/atom.xml?senter=link-oslo")

    (entry,) = entries(response)
    assert entry.findtext(f"{ATOM}title") == "I Oslo"
    assert entry.find(f"{ATOM}author").findtext(f"{ATOM}name") == "LINK Oslo"


def test_feed_that_has_not_changed_is_not_sent_again(client):
    recipes.news()
    first = client.get("/aktuelt/atom.xml")

    by_tag = client.get("/aktuelt/atom.xml", headers={"if-none-match": first["ETag"]})
    by_time = client.get("/aktuelt/atom.xml", headers={"if-modified-since": first["Last-Modified"]})

    assert (by_tag.status_code, by_time.status_code) == (304, 304)
    assert (by_tag.content, by_time.content) == (b"", b"")


def test_feed_is_new_when_news_is_hidden_again(client, time_machine):
    time_machine.move_to("2026-11-22 12:00+01:00")
    recipes.news(title_nb="Blir")
    hidden = recipes.news(title_nb="Skjules")
    first = client.get("/aktuelt/atom.xml")
    time_machine.move_to("2026-11-22 13:00+01:00")
    hidden.published = False
    hidden.save()

    again = client.get("/aktuelt/atom.xml", headers={"if-modified-since": first["Last-Modified"]})

    assert [each.findtext(f"{ATOM}title") for each in entries(again)] == ["Blir"]


def test_empty_feed_is_whole_and_the_same_each_time(client):
    answers = {client.get("/aktuelt/atom.xml").content for _time in range(2)}

    assert len(answers) == 1
    assert entries(client.get("/aktuelt/atom.xml")) == []


def test_pages_of_news_name_the_feed_in_their_head(client):
    oslo = recipes.centre("link-oslo")
    article = recipes.news(centre=oslo)
    feed = '<link rel="alternate" type="application/atom+xml" title="{}" href="{}">'

    pages = [
        client.get(each).content.decode()
        for each in (
            "/en/aktuelt/",
            "/en/aktuelt/?senter=link-oslo",
            f"/en{address(article)}",
        )
    ]

    assert feed.format("News from LINK", "/en/aktuelt/atom.xml") in pages[0]
    name = f"News from LINK: {oslo.name}"
    assert feed.format(name, "/en/aktuelt/atom.xml?senter=link-oslo") in pages[1]
    assert feed.format("News from LINK", "/en/aktuelt/atom.xml") in pages[2]


@pytest.mark.parametrize("more", [1, 9])
def test_news_takes_few_queries_however_much_there_is(client, django_assert_num_queries, more):
    for _each in range(more):
        article = recipes.news(centre=recipes.centre())

    with django_assert_num_queries(4):
        client.get("/aktuelt/")
    with django_assert_num_queries(2):
        client.get(address(article))
