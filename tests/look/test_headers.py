"""Every public address carries the same security headers, but for those in one table."""

import pytest

from tests.look.site import Answer
from tests.security.headers import ELSEWHERE, FOR_EVERYBODY, wrong

pytestmark = pytest.mark.django_db


def test_every_public_answer_carries_them(answers: list[Answer]) -> None:
    found = [
        (str(each), each.status, amiss)
        for each in answers
        if (amiss := wrong(each.name, each.status, each.headers))
    ]

    assert found == []


def test_every_exception_is_of_an_address_that_there_is(answers: list[Answer]) -> None:
    names = {each.name for each in answers} | {"admin:jsi18n", "file"}

    for beginning in (*ELSEWHERE, *FOR_EVERYBODY):
        assert any(name.startswith(beginning) for name in names), beginning


def test_answer_without_them_is_seen(answers: list[Answer]) -> None:
    (home, *_others) = [each for each in answers if each.name == "centres:home"]
    kept = {"participants:register": "Cache-Control"}

    for header in home.headers.keys() & {"X-Frame-Options", "Content-Security-Policy"}:
        without = {name: value for name, value in home.headers.items() if name != header}
        assert wrong(home.name, 200, without) != []
    for name, header in kept.items():
        assert [each.split(":")[0] for each in wrong(name, 200, home.headers)] == [header]
