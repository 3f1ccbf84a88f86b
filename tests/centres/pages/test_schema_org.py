"""What search engines are told is what the page says, and nothing in it can break out."""

import json
import re
from datetime import date, time

import pytest

from centres.models import OpeningException, OpeningHours
from centres.states import CentreKind, CentreStatus, HoursKind
from tests import recipes

pytestmark = pytest.mark.django_db

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(autouse=True)
def december(time_machine):
    time_machine.move_to("2026-12-01 12:00+01:00", tick=False)


@pytest.fixture
def centre(settings):
    settings.BASE_URL = "https://link.example"
    centre = recipes.centre(
        "tromso",
        name="LINK Tromsø",
        email="",
        phones=["413 33 186", "413 33 187"],
        website="www.linktromsø.no",
        facebook="www.facebook.com/linktromso",
        visiting_address="Sjøgata 2",
        postal_code="9236",
        postal_place="Tromsø",
        latitude="69.64920",
        longitude="18.95530",
    )
    centre.municipalities.add(recipes.municipality("5501", name="Tromsø"))
    for weekday in (0, 1, 4):
        opens(centre, weekday, time(8, 30), time(16))
    opens(centre, 2, time(10), time(12), HoursKind.PHONE)
    return centre


def opens(centre, weekday, opens, closes, kind=HoursKind.DROP_IN):
    OpeningHours.objects.create(
        centre=centre, weekday=weekday, opens=opens, closes=closes, kind=kind
    )


def told(client, address="/sentre/tromso/"):
    (block,) = BLOCK.findall(client.get(address).content.decode())
    return json.loads(block)


def test_search_engines_are_told_what_the_page_says(client, centre):
    assert told(client) == {
        "@context": "https://schema.org",
        "@type": ["NGO", "LocalBusiness"],
        "name": "LINK Tromsø",
        "url": "https://link.example/sentre/tromso/",
        "sameAs": ["https://www.xn--linktroms-t8a.no", "https://www.facebook.com/linktromso"],
        "telephone": "413 33 186",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Sjøgata 2",
            "postalCode": "9236",
            "addressLocality": "Tromsø",
            "addressCountry": "NO",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": 69.6492, "longitude": 18.9553},
        "areaServed": ["Tromsø"],
        "openingHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": ["Monday", "Tuesday", "Friday"],
                "opens": "08:30",
                "closes": "16:00",
            }
        ],
        "specialOpeningHoursSpecification": [
            closed("2026-12-25"),
            closed("2027-01-01"),
        ],
        "contactPoint": {
            "@type": "ContactPoint",
            "contactType": "customer service",
            "telephone": "413 33 186",
            "hoursAvailable": [
                {
                    "@type": "OpeningHoursSpecification",
                    "dayOfWeek": ["Wednesday"],
                    "opens": "10:00",
                    "closes": "12:00",
                }
            ],
        },
        "isAccessibleForFree": True,
    }


def closed(day, last=""):
    return {
        "@type": "OpeningHoursSpecification",
        "validFrom": day,
        "validThrough": last or day,
        "opens": "00:00",
        "closes": "00:00",
    }


def test_each_period_that_the_page_names_is_told(client, centre):
    OpeningException.objects.create(
        centre=centre, first_date=date(2026, 12, 21), last_date=date(2026, 12, 30)
    )
    OpeningException.objects.create(
        centre=centre,
        first_date=date(2026, 12, 31),
        last_date=date(2026, 12, 31),
        opens=time(9),
        closes=time(11),
        kind=HoursKind.DROP_IN,
    )

    html = client.get("/en/sentre/tromso/").content.decode()

    periods = told(client, "/en/sentre/tromso/")["specialOpeningHoursSpecification"]
    assert periods == [
        closed("2026-12-21", "2026-12-30"),
        {**closed("2026-12-31"), "opens": "09:00", "closes": "11:00"},
        closed("2027-01-01"),
    ]
    shown = re.findall(r"<li>(\w+ \d.*?)\n</li>", html)
    assert shown == [
        "Monday 21 December – Wednesday 30 December: closed",
        "Thursday 31 December: 9.00–11.00",
        "Friday 1 January: closed (New Year&#x27;s Day)",
    ]


def test_centre_by_telephone_only_is_not_said_to_close(client, centre):
    OpeningHours.objects.filter(kind=HoursKind.DROP_IN).delete()
    opens(centre, 4, time(10), time(12), HoursKind.PHONE)

    assert "specialOpeningHoursSpecification" not in told(client)


@pytest.mark.parametrize(
    ("kind", "types"),
    [
        (CentreKind.CONTACT_POINT, ["LocalBusiness"]),
        (CentreKind.DISTRICT_OFFICE, ["NGO", "LocalBusiness"]),
    ],
)
def test_kind_of_place_is_told(client, kind, types):
    recipes.centre("tromso", kind=kind)

    assert told(client)["@type"] == types


@pytest.mark.parametrize("status", [CentreStatus.CLOSED, CentreStatus.HISTORIC])
def test_nothing_is_told_of_a_place_that_is_gone(client, centre, status):
    type(centre).objects.update(status=status, takes_registrations=False)

    assert BLOCK.findall(client.get("/sentre/tromso/").content.decode()) == []


@pytest.mark.parametrize(
    "name",
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "A & B \u2028\u2029 'C' \"D\" \\",
        "]]> &lt;/script&gt;",
    ],
)
def test_what_staff_write_cannot_end_the_block(client, name):
    recipes.centre("tromso", name=name)

    html = client.get("/sentre/tromso/").content.decode()

    block = html.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(block)["name"] == name
    assert set("<>&\u2028\u2029") & set(block) == set()
