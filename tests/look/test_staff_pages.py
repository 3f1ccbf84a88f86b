"""Every page of the staff in a real browser, full and empty: axe finds nothing, and all fits."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker
from time_machine import travel
from zeal import zeal_ignore

from tests.look import staff_site
from tests.look.conftest import TUESDAY
from tests.look.furniture import furnish
from tests.look.site import Answer
from tests.look.window import Window

pytestmark = [pytest.mark.prove, pytest.mark.browser, pytest.mark.django_db]

TELEPHONE, PAPER, DESK = 320, 673, 1280
# What the pages of Django draw in their own way: thin lines, small boxes, tables that scroll.
OF_DJANGO = ("has a border", "has an edge", "has a target", "hides ", "cuts off ")
# Of these the demo has no row: nobody has taken out a list, nor offered help in an enquiry.
WITHOUT_A_ROW = {
    "admin:groups_export_change",
    "admin:groups_export_delete",
    "admin:groups_export_history",
    "admin:groups_initiator_enquiry",
}
UNSIGNED = """() => [...document.querySelectorAll(".desk-print")]
  .filter((line) => !line.checkVisibility())
  .map((line) => `does not print: ${line.textContent}`)"""


@pytest.fixture(scope="module")
def walked(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> tuple[list[Answer], set[str]]:
    """The workplace of a centre that has been at it for years, and what gave no page."""
    # Many rows are tried for one page: zeal would take that for a loop of a page.
    with (
        django_db_blocker.unblock(),
        zeal_ignore(),
        transaction.atomic(),
        travel(TUESDAY, tick=False),
    ):
        call_command("load_reference", stdout=StringIO())
        call_command("seed_demo", registrations=56, stdout=StringIO())
        furnish()
        staff_site.furnish()
        client = staff_site.desk()
        pages, silent = staff_site.pages(client)
        pages += [*staff_site.sent_empty(client), staff_site.sheet(client)]
        transaction.set_rollback(True)
    connection.close()
    return pages, silent


@pytest.fixture(scope="module")
def full(walked: tuple[list[Answer], set[str]]) -> list[Answer]:
    return walked[0]


@pytest.fixture(scope="module")
def empty(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> list[Answer]:
    """That of a centre on its first day."""
    with django_db_blocker.unblock(), transaction.atomic(), travel(TUESDAY, tick=False):
        call_command("load_reference", stdout=StringIO())
        client = staff_site.desk()
        pages, _silent = staff_site.pages(client)
        pages.append(staff_site.sheet(client))
        transaction.set_rollback(True)
    connection.close()
    return pages


def judge(browser: Browser, pages: list[Answer], *, width: int, dark: bool) -> None:
    window = Window(browser, pages, width=width, dark=dark)
    for page in pages:
        if page.is_page:
            window.judge(page)
    window.close()
    found = window.complaints.items()
    window.complaints = {what: where for what, where in found if not what.startswith(OF_DJANGO)}
    window.must_be_content()


def test_every_address_of_the_staff_is_looked_at(walked: tuple[list[Answer], set[str]]) -> None:
    assert walked[1] <= WITHOUT_A_ROW


def test_full_pages_at_a_desk(browser: Browser, full: list[Answer]) -> None:
    judge(browser, full, width=DESK, dark=False)


def test_full_pages_on_a_telephone_in_the_dark(browser: Browser, full: list[Answer]) -> None:
    judge(browser, full, width=TELEPHONE, dark=True)


def test_empty_pages_at_a_desk_in_the_dark(browser: Browser, empty: list[Answer]) -> None:
    judge(browser, empty, width=DESK, dark=True)


def test_empty_pages_on_a_telephone(browser: Browser, empty: list[Answer]) -> None:
    judge(browser, empty, width=TELEPHONE, dark=False)


def test_paper_says_who_printed_it(browser: Browser, full: list[Answer]) -> None:
    printed = [page for page in full if 'class="desk-print"' in page.body]
    window = Window(browser, full, width=PAPER)
    window.page.emulate_media(media="print")
    for page in printed:
        window.show(page)
        window.ask(UNSIGNED)
    window.close()

    assert len(printed) == 8
    window.must_be_content()
