"""The privacy page says in words what the rules count in days: both are made from one value."""

import re
import tomllib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import translation

from centres.domain.events.sign_ups import KEEP_SIGN_UPS
from centres.models.enquiries import KEEP_HANDLED
from linkcenter.periods import days, hours, months, years
from linkcenter.personal_data.register import register
from participants.domain.retention import AFTER_CLOSING

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
ARTICLES = settings.BASE_DIR / "centres" / "data" / "articles"
NUMBERS = re.compile(
    r"\b(one|two|three|six|nine|twelve|thirty|ninety|en|ett|to|tre|seks|ni|tolv|tretti|nitti)"
    r" (hour|day|month|year|time|dag|døgn|måned|månad|år)",
    re.IGNORECASE,
)


def test_periods_count_and_tell():
    assert NOW - months(6) == NOW - timedelta(days=183)
    assert date(2026, 1, 1) + years(1) == date(2027, 1, 1)
    assert NOW - hours(12) == NOW - timedelta(hours=12)
    with translation.override("nb"):
        told = [str(period) for period in (days(1), days(30), months(3), years(3), hours(12))]
    assert told == ["1 dag", "30 dager", "3 måneder", "3 år", "12 timer"]


@pytest.mark.parametrize(
    ("number", "start"), [(3, date(2026, 3, 1)), (6, date(2026, 9, 1)), (12, date(2027, 3, 1))]
)
def test_months_are_as_good_as_those_of_the_calendar(number, start):
    year, month = divmod(start.month - 1 + number, 12)
    calendar = date(start.year + year, month + 1, start.day)

    assert abs((start + months(number)) - calendar) <= timedelta(days=2)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_no_rule_tells_a_number_that_it_does_not_count_with(language):
    with translation.override(language):
        told = {rule.code: str(rule.words) for rule in register.rules()}

    assert [code for code, words in told.items() if NUMBERS.search(words)] == []
    assert [code for code, words in told.items() if not re.search(r"\d", words)] == []


def test_every_rule_has_a_title():
    assert [rule.code for rule in register.rules() if not rule.title] == []


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_line_is_a_sentence_in_each_language(language):
    with translation.override(language):
        lines = [str(part) for matter in register.lines() for part in (matter.what, matter.why)] + [
            str(matter.term.words) for matter in register.lines()
        ]

    assert [line for line in lines if not re.fullmatch(r"[A-ZÆØÅ0-9].*\.", line)] == []


def test_text_of_the_privacy_page_tells_the_same():
    """What staff may rewrite there says the numbers in words: each is one that a rule has."""
    article = tomllib.loads((ARTICLES / "personvern.toml").read_text())
    text = article["body"]["nb"]

    assert f"slettet {KEEP_SIGN_UPS} etter arrangementet" in text
    assert f"slettet {KEEP_HANDLED} etter at du fikk svar" in text
    assert ("Et halvt år" in text, AFTER_CLOSING) == (True, months(6))
    assert ("høyst i tolv timer" in text, settings.SESSION_COOKIE_AGE) == (True, 12 * 3600)
