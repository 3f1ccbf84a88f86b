import re
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection

from tests.journeys.screen import Screen


@pytest.fixture(
    params=[
        pytest.param((320, False), id="on a small screen without JavaScript"),
        pytest.param((1280, True), id="at a desk with JavaScript", marks=pytest.mark.prove),
    ],
)
def window(request, browser, live_server, settings):
    """The first window of one kind, from which others are opened."""
    settings.BASE_URL = live_server.url
    width, javascript = request.param
    yield Screen(browser, live_server.url, width, javascript)
    for context in browser.contexts:
        context.close()


@pytest.fixture
def country(transactional_db):
    """Every centre, municipality, theme and text, as they are loaded in real life."""
    call_command("load_reference", stdout=StringIO())


@pytest.fixture
def worker():
    """The real worker, until its queue is empty; gives the mails that it has sent."""
    threads = ThreadPoolExecutor(max_workers=1)  # it has an event loop of its own

    def work() -> None:
        call_command("worker", one_shot=True)
        connection.close()

    def run() -> list[Any]:
        before = len(mail.outbox)
        threads.submit(work).result(timeout=60)
        return mail.outbox[before:]

    yield run
    threads.shutdown()


def link_in(message: Any) -> str:
    """The path of the one personal link in a mail."""
    (path,) = set(re.findall(r"/svar/[A-Za-z0-9_-]+/", message.body))
    return path
