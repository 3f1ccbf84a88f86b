"""What people write is on their own pages and in their own mail, and nowhere else."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from psycopg import sql

from centres.states import Attendance, Role
from linkcenter.database.server_log import QUIET
from linkcenter.encryption import keyed_digest
from tests import recipes
from tests.participants import walk
from tests.participants.walk import hidden
from tests.proofs.life import (
    EMAIL,
    FIRST_REGISTRATION,
    NAME,
    NEW_EMAIL,
    PHONE,
    READING,
    WORDS,
    Life,
    stumbling,
)
from tests.running.browser import Answer
from tests.running.login import log_in, with_password
from tests.running.nginx import behind_nginx
from tests.running.product import running

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]

SECRET = ("theme", "message", "note of a talk", "practical needs", "safe times")  # in no mail
STUMBLES = (
    *("participants_participant", "participants_registration", "participants_personallink"),
    *("participants_talk", "participants_consent", "participants_keepapart", "groups_seat"),
    *("linkcenter_message", "linkcenter_activity", "centres_eventsignup", "centres_enquiry"),
)


@pytest.fixture
def database_log() -> Iterator[Callable[[], str]]:
    """What PostgreSQL writes meanwhile, told to be as quiet as ``roles.sql`` tells it."""
    name = sql.Identifier(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        for setting, value in QUIET.items():
            told = sql.SQL("alter database {} set {} = {}")
            cursor.execute(told.format(name, sql.Identifier(setting), value))
    cluster = getattr(settings, "EMBEDDED_POSTGRES", None)
    before = cluster.log.stat().st_size if cluster else 0
    yield lambda: cluster.log.read_bytes()[before:].decode() if cluster else ""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("alter database {} reset all").format(name))


@pytest.fixture
def life() -> Iterator[Life]:
    with running() as product:
        life = Life(product)
        life.is_lived()
        yield life


@pytest.fixture
def life_behind_nginx(database_log: Callable[[], str]) -> Iterator[tuple[Life, Path]]:
    with running() as product, behind_nginx(product) as folder:
        life = Life(product)
        life.is_lived()
        yield life, folder


def words_in(text: str) -> list[str]:
    folded = text.lower()
    return [what for what, word in WORDS.items() if word.lower() in folded]


def leaks(texts: list[str]) -> list[tuple[str, list[str]]]:
    return [(text[:200], words_in(text)) for text in texts if words_in(text)]


def outside(answer: Answer) -> list[str]:
    """What of an answer others come to see: in histories, on taskbars, in the next site's log."""
    page = answer.content.decode(errors="replace")
    addresses = re.findall(r'(?:href|action|src)="([^"]*)"', page)
    return [
        answer.path,
        answer.headers.get("location", ""),
        *re.findall(r"<title>(.*?)</title>", page, re.DOTALL),
        *(address for address in addresses if not address.startswith(("mailto:", "tel:"))),
    ]


def meets_trouble(life: Life) -> list[int]:
    """Send every form while the database refuses, and quotes what it refuses; the answers."""
    pair = {"first": life.others[1].participant.reference, "second": life.person.reference}
    contact = {"name": NAME, "phone": PHONE, "email": EMAIL, "preferred_way": "email"}
    talk = {"kind": "rang", "outcome": "again", "note": WORDS["note of a talk"]}
    needs = WORDS["practical needs"] + " igjen"
    person = FIRST_REGISTRATION
    registration = "admin:participants_registration"
    at_the_desk = {
        reverse(f"{registration}_talk", args=[person]): talk,
        reverse(f"{registration}_contact", args=[person]): contact | {"language": "nb"},
        reverse(f"{registration}_week", args=[person]): {"availability": ["sun-morning"]},
        reverse(f"{registration}_keep", args=[person]): {},
        reverse("admin:participants_keepapart_add"): pair,
    }
    at_home: dict[str, dict[str, Any]] = {
        "tider/": {"availability": ["sun-evening"]},
        "onsker/": {"languages": ["no"], "gender_wish": "any", "practical_needs": needs},
        "kontakt/": contact | {"safe_times": WORDS["safe times"], "language": "nb"},
        "pause/": {"until": "2027-03-01"},
        "stopp/": {"sure": "on"},
    }
    event = recipes.event(life.centre, attendance=Attendance.SIGN_UP)
    sign_up = reverse("centres:event-sign-up", args=[event.pk])
    enquiry = reverse("centres:enquiry", args=["sporsmal"])
    anybody = life.product.browser()
    shown = {path: hidden(anybody.get(path)) for path in (sign_up, enquiry)}
    visitor = life.product.browser()
    walk.fill(visitor, life.centre, name=NAME, message=WORDS["message"])  # type: ignore[arg-type]
    time.sleep(READING)
    codes = []
    with stumbling(*STUMBLES):
        codes.append(walk.post(visitor, life.centre, "sjekk", **walk.yes()).status_code)  # type: ignore[arg-type]
        for page, data in at_home.items():
            path = f"/min-side/{page}"
            codes.append(
                life.resident.post(path, hidden(life.resident.get(path)) | data).status_code
            )
        carried = hidden(life.staff.get(reverse(f"{registration}_change", args=[person])))
        codes += [
            life.staff.post(path, {**carried, **data}).status_code
            for path, data in at_the_desk.items()
        ]
        typed = {"name": NAME, "email": EMAIL, "text": WORDS["message"], "phone": ""}
        codes += [
            anybody.post(path, carries | typed).status_code for path, carries in shown.items()
        ]
        life.asks_elsewhere(NEW_EMAIL)
        life.product.work()
    return codes


def test_words_of_a_person_are_nowhere_but_on_their_own_pages(
    life_behind_nginx: tuple[Life, Path], database_log: Callable[[], str]
) -> None:
    life, folder = life_behind_nginx
    walked = [*life.resident.told, *life.staff.told]
    codes = meets_trouble(life)

    assert codes.count(500) >= 10, codes
    walked += [*life.resident.told, *life.staff.told]
    assert set(WORDS) <= {
        word for answer in walked for word in words_in(answer.content.decode(errors="replace"))
    } | {"what the others see"}
    assert leaks([text for answer in walked for text in outside(answer)]) == []

    of_nginx = [file.read_text() for file in sorted(folder.glob("*.log"))]
    assert "GET /min-side/ 200" in "".join(of_nginx)
    logs = "\n".join([life.product.logs(), database_log(), *of_nginx])
    assert "/" not in re.sub(r"^\[[^]]*\]", "", life.product.access_log(), flags=re.MULTILINE)
    assert len(re.findall(r"RaiseException|InternalError", logs)) >= 10
    assert leaks(logs.splitlines()) == []
    tokens = [link.split("/")[2] for link in life.links]
    assert [token for token in tokens if token in logs] == []
    assert [term for term in life.digests() if keyed_digest(term) in logs] == []

    mails = life.product.mails()
    assert len(mails) >= 6
    envelopes = [f"{name}: {value}" for mail in mails for name, value in mail.items()]
    assert leaks([line for line in envelopes if not line.startswith("To:")]) == []
    bodies = [mail.as_string() for mail in mails]
    assert [what for what in SECRET if any(WORDS[what] in body for body in bodies)] == []


def test_words_of_a_person_are_on_no_page_of_others(life: Life) -> None:
    stranger = with_password(recipes.staff(Role.COORDINATOR, recipes.centre("nabo")))
    other, visitor = life.product.browser(), life.product.browser()
    log_in(other, stranger)
    people = "admin:participants_registration"
    lists = (f"{people}_changelist", "admin:linkcenter_message_changelist", "admin:index")
    public = ["/", f"/sentre/{life.centre.slug}/", "/arrangementer/", "/arrangementer.ics"]
    public += ["/api/v1/centres.json", "/api/v1/events.json", "/sitemap.xml"]

    pages = [other.get(reverse(name)) for name in lists]
    pages.append(other.get(reverse(f"{people}_change", args=[FIRST_REGISTRATION])))
    found = other.post(reverse(f"{people}_find"), hidden(pages[0]) | {"text": NAME})
    pages += [visitor.get(path) for path in public]

    assert {page.status_code for page in pages} <= {200, 302}
    shown = [page.content.decode() for page in pages]
    shown.append(other.get(found.url).content.decode().replace(f'value="{NAME}"', ""))
    assert [(page, words) for page, words in leaks(shown) if words != ["theme"]] == []
