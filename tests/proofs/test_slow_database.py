"""What the database does not get done in time is broken off, with a kind page."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import connection, transaction

from centres.models import Enquiry
from linkcenter.forms.open_forms import MARK
from tests import recipes
from tests.centres.enquiries import ask
from tests.participants.walk import hidden
from tests.running.browser import Answer
from tests.running.product import Product, running

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]

KIND, NAME = "sporsmal", "Kari Æ. Ø. Ås"


@pytest.fixture
def product(web_database: str) -> Iterator[Product]:
    recipes.centre("link-tromso")
    with running(web_database) as product:
        yield product


@contextmanager
def slow_to_write() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(
            "create function dawdle() returns trigger language plpgsql as"
            " $$ begin perform pg_sleep(25); return new; end $$"
        )
        cursor.execute(
            "create trigger dawdle before insert on centres_enquiry"
            " for each row execute function dawdle()"
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("drop function dawdle cascade")


@contextmanager
def locked() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("lock table centres_enquiry in exclusive mode")
        yield


@pytest.mark.parametrize("trouble", [slow_to_write, locked])
def test_page_is_broken_off_and_keeps_what_was_typed(
    product: Product, trouble: Callable[[], AbstractContextManager[None]]
) -> None:
    visitor = product.browser()
    path = ask.address(KIND)
    read = {MARK: ask.mark("0" * 32)}
    told = hidden(visitor.get(path)) | ask.answers(KIND, name=NAME, municipality="") | read

    with trouble():
        broken = visitor.post(path, told)
    again = visitor.post(path, hidden(broken))

    assert is_kind(broken), broken.status_code
    assert NAME in broken.content.decode()
    assert (again.status_code, Enquiry.objects.count()) == (302, 1)


def is_kind(answer: Answer) -> bool:
    page = answer.content.decode()
    return answer.status_code == 503 and "Vi er tilbake om et øyeblikk" in page
