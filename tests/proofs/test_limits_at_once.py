"""A hundred send at once to the running product: as many get through as may, and no more."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest

from centres.models import Enquiry
from linkcenter.forms.open_forms import MARK
from linkcenter.web.limits import SUBMISSIONS
from tests import recipes
from tests.centres.enquiries import ask
from tests.running.browser import Answer, Browser
from tests.running.product import running

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]

AT_ONCE = 100
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
KIND, TYPED = "sporsmal", "Finnes det en gruppe på dagtid?"


def test_a_hundred_at_once_never_exceed_the_limit(web_database: str) -> None:
    recipes.centre("link-tromso").municipalities.add(recipes.municipality("5501", name="Tromsø"))
    with running(database=web_database) as product:
        first = product.browser()
        token = TOKEN.findall(first.get(ask.address(KIND)).content.decode())[0]
        starting = Barrier(AT_ONCE)

        def send(number: int) -> Answer:
            browser = Browser(product.address, cookies=dict(first.cookies))
            form = {MARK: ask.mark(uuid4().hex), **ask.answers(KIND, text=TYPED)}
            forged = {"X-Forwarded-For": f"10.0.0.{number}", "Forwarded": f"for=10.0.0.{number}"}
            starting.wait()
            return browser.post(ask.address(KIND), {**form, "csrfmiddlewaretoken": token}, **forged)

        with ThreadPoolExecutor(AT_ONCE) as people:
            answers = list(people.map(send, range(AT_ONCE)))

    told = Counter(answer.status_code for answer in answers)
    assert told == {302: SUBMISSIONS.most, 429: AT_ONCE - SUBMISSIONS.most}
    assert Enquiry.objects.count() == SUBMISSIONS.most
    for answer in answers:
        if answer.status_code == 429:
            page = answer.content.decode()
            assert answer.headers["retry-after"] == "600"
            assert TYPED in page
            assert "Vent litt" in page or "Vent en stund" in page, page
