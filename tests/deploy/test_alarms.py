"""The alarms ask for measures that there are, and the papers tell what to do at each."""

import re

import pytest
from django.conf import settings
from django.utils import timezone

from linkcenter.operating import measures

pytestmark = pytest.mark.django_db

RULES = (settings.BASE_DIR / "deploy/prometheus/link.rules.yml").read_text()
PAPER = (settings.BASE_DIR / "docs/alarms.md").read_text()
RULE = re.compile(
    r"      - alert: (?P<name>\w+)\n"
    r"        expr: (?P<expr>.+)\n"
    r"(?:        for: \d+[mh]\n)?"
    r"        labels: {severity: (?:now|today)}\n"
)


@pytest.fixture
def known() -> set[str]:
    """The names of all samples that there are."""
    everything = [
        *measures.of_the_web(),
        *measures.of_the_disk(),
        *measures.of_the_database(timezone.now()),
        measures.one("link_database_up", "", 1),
    ]
    return {
        each.name + suffix for each in everything for suffix, _labels, _value in each.samples
    } | {
        "link_registrations"  # nobody has registered here
    }


def test_rules_are_whole():
    _before, rules = RULES.split("    rules:\n")

    assert RULE.sub("", rules) == ""


def test_every_alarm_asks_for_what_is_measured(known):
    asked = {
        name for rule in RULE.finditer(RULES) for name in re.findall(r"\blink_\w+", rule["expr"])
    }

    assert asked - known == set()


def test_labels_that_alarms_choose_are_there(known):
    samples = [*measures.of_the_web(), *measures.of_the_database(timezone.now())]
    there = {
        (each.name, *label)
        for each in samples
        for _suffix, labels, _value in each.samples
        for label in labels.items()
    }
    chosen = set(re.findall(r'(link_\w+){(\w+)="(\w+)"}', RULES))

    assert chosen
    assert chosen <= there


def test_paper_tells_what_to_do_at_each_alarm():
    named = [rule["name"] for rule in RULE.finditer(RULES)]

    assert re.findall(r"^\| (Link\w+) \|", PAPER, re.MULTILINE) == named


def test_paper_tells_what_each_number_is(known):
    told = set(re.findall(r"`(link_\w+)", PAPER))

    assert {re.sub("_(bucket|sum|count)$", "", name) for name in known} == told
