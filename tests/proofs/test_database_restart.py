"""The database goes away in the middle of a form: a kind page, and nothing that was typed lost."""

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.participants import walk
from tests.participants.walk import hidden
from tests.proofs.life import READING, link_in
from tests.running.browser import Answer, Browser, ticked
from tests.running.private_database import Database, open_folder, running_in
from tests.running.product import Product, running

pytestmark = [pytest.mark.prove, pytest.mark.django_db]

PATH = "/meld-interesse/link-tromso/"
RECEIPT = "/meld-interesse/kvittering/"
COUNT = "select count(*) from participants_registration"
RESTARTS, VISITORS, FORMS_EACH, MOST_TRIES = 5, 4, 6, 300


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def database(folder: Path) -> Iterator[Database]:
    with running_in(folder / "var") as database:
        yield database


@pytest.fixture(scope="module")
def product(database: Database) -> Iterator[Product]:
    with running(database.url, prepare=["migrate", "load_reference"]) as product:
        yield product


def answers(browser: Browser, page: str, **changes: Any) -> dict[str, Any]:
    """What a person would send from the page, having read it."""
    shown = browser.get(f"{PATH}{page}/")
    filled = ticked(shown) if page == "sjekk" else walk.PAGES[page]
    return {**hidden(shown), **filled, **changes}


def fill(browser: Browser, **changes: Any) -> None:
    for page in ("gruppe", "tid", "om-deg"):
        told = answers(browser, page, **(changes if page == "om-deg" else {}))
        assert browser.post(f"{PATH}{page}/", told).status_code == 302, page
    time.sleep(READING)


def is_kind(answer: Answer) -> None:
    """A short break, in Norwegian, and when to come back."""
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert '<html lang="nb"' in page
    assert "Vi er tilbake om et øyeblikk" in page
    assert "no-store" in answer.headers["cache-control"]


def test_page_of_the_form_keeps_what_was_typed(product: Product, database: Database) -> None:
    visitor = product.browser()
    for page in ("gruppe", "tid"):
        visitor.post(f"{PATH}{page}/", answers(visitor, page))
    told = answers(visitor, "om-deg", name="Kari Æ. Ø. Ås", message="Hei <b>der</b>")
    database.stop()

    broken = visitor.post(f"{PATH}om-deg/", told)
    database.start()
    again = visitor.post(f"{PATH}om-deg/", hidden(broken))

    is_kind(broken)
    assert "Kari Æ. Ø. Ås" in broken.content.decode()
    assert again.url == f"{PATH}sjekk/"
    assert "Hei &lt;b&gt;der" in visitor.get(again.url).content.decode()


def test_last_button_is_pressed_once_more_and_registers_once(
    product: Product, database: Database
) -> None:
    visitor = product.browser()
    fill(visitor)
    told = answers(visitor, "sjekk")
    before = database.ask(COUNT)
    database.stop()

    broken = visitor.post(f"{PATH}sjekk/", told)
    database.start()
    between = database.ask(COUNT)
    sent = [visitor.post(f"{PATH}sjekk/", hidden(broken)).url for _time in range(2)]

    is_kind(broken)
    assert between == before
    assert sent == [RECEIPT, RECEIPT]
    assert database.ask(COUNT) == [(before[0][0] + 1,)]


def test_own_page_keeps_what_was_typed(product: Product, database: Database) -> None:
    visitor = product.browser()
    fill(visitor, email="egen@example.org", preferred_way="email")
    visitor.post(f"{PATH}sjekk/", answers(visitor, "sjekk"))
    (mail,) = [mail for mail in product.work() if mail["To"] == "egen@example.org"]
    link = link_in(mail)
    visitor.post(link, hidden(visitor.get(link)))
    path = "/min-side/kontakt/"
    contact = {"name": "Nytt navn", "email": "egen@example.org", "preferred_way": "email"}
    told = hidden(visitor.get(path)) | contact | {"language": "nb", "safe_times": "etter fire"}
    database.stop()

    broken = visitor.post(path, told)
    lost = visitor.get("/min-side/")
    database.start()
    again = visitor.post(path, hidden(broken))

    is_kind(broken)
    is_kind(lost)
    assert again.url == "/min-side/"
    assert "Nytt navn" in visitor.get(path).content.decode()


def test_nothing_that_was_acknowledged_is_lost_in_restarts(
    product: Product, database: Database
) -> None:
    """Several people at once, each from an address of their own, who press again when told to."""
    receipts: list[str] = []
    statuses: list[int] = []

    def press(browser: Browser, path: str, told: dict[str, Any]) -> str:
        for _time in range(MOST_TRIES):
            answer = browser.post(path, told)
            statuses.append(answer.status_code)
            if answer.status_code == 302:
                return answer.url
            told = hidden(answer)  # what was typed is on the page
            time.sleep(0.1)
        raise AssertionError(path)

    def look(browser: Browser, path: str) -> Answer:
        for _time in range(MOST_TRIES):
            answer = browser.get(path)
            statuses.append(answer.status_code)
            if answer.status_code == 200:
                return answer
            time.sleep(0.1)
        raise AssertionError(path)

    def visit(number: int) -> None:
        for form in range(FORMS_EACH):
            browser = Browser(product.address, source=f"127.0.{form + 1}.{number}")
            for page in ("gruppe", "tid", "om-deg", "sjekk"):
                shown = look(browser, f"{PATH}{page}/")
                filled = ticked(shown) if page == "sjekk" else walk.PAGES[page]
                time.sleep(READING / 4)
                url = press(browser, f"{PATH}{page}/", {**hidden(shown), **filled})
            assert url == RECEIPT
            receipts.extend(re.findall(r"D-\d+", look(browser, RECEIPT).content.decode())[:1])

    def restart() -> None:
        for _time in range(RESTARTS):
            time.sleep(2)
            database.stop()
            database.start()

    before = database.ask(COUNT)[0][0]
    people = [threading.Thread(target=visit, args=[number]) for number in range(1, VISITORS + 1)]
    trouble = threading.Thread(target=restart)
    for thread in (*people, trouble):
        thread.start()
    for thread in (*people, trouble):
        thread.join()

    wanted = VISITORS * FORMS_EACH
    assert len(set(receipts)) == wanted
    known = {f"D-{pk + 1000}" for (pk,) in database.ask("select id from participants_participant")}
    assert set(receipts) <= known
    assert database.ask(COUNT) == [(before + wanted,)]
    assert set(statuses) == {200, 302, 503}
