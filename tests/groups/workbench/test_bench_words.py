"""How the bench says what somebody wishes, and what a group would be otherwise than that."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from groups.workbench import words
from groups.workbench.desk import Person
from tests.groups.matching.builders import KEY, PERSON


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def on_bench(*, age_near_mine: bool = False, misses: tuple[str, ...] = (), **wishes: Any) -> Person:
    registration: Any = SimpleNamespace(age_near_mine=age_near_mine)
    plain = {"topics": (), "kind": "either", "format": "either", "languages": ("no",)}
    return Person(
        registration=registration,
        wishes=replace(PERSON, **(plain | wishes)),
        misses=misses,
        is_apart=False,
        years=0,
    )


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        ({}, ""),
        ({"topics": ("grief", "gone")}, "Grief"),
        ({"topics": ("grief",), "any_topic": True}, "Grief, a mixed group is fine"),
        ({"any_topic": True}, "A mixed group"),
        ({"kind": "self_help", "role": "kin"}, "Self-help group, next of kin"),
        ({"gender_wish": "women", "age_near_mine": True}, "Only women, about their own age"),
        ({"languages": ("en",)}, "English"),
    ],
)
def test_wishes_are_said_in_a_line_without_what_narrows_nothing_down(
    wishes: dict[str, Any], said: str
) -> None:
    assert words.wishes_of(on_bench(**wishes), {"grief": "Grief"}) == said


def test_many_times_are_a_number_and_none_is_said() -> None:
    many = ("mon-evening", "tue-evening", "wed-evening", "thu-evening", "fri-morning")

    assert words.times_of(on_bench(slots=many)) == "Can at 5 times in the week"
    assert words.times_of(on_bench(slots=())) == "No times are written down"
    assert words.times_of(on_bench(slots=many[:2])).count(",") == 1


@pytest.mark.parametrize(
    ("field", "key", "wishes", "said"),
    [
        ("topic", {}, {}, "has not chosen this theme"),
        ("topic", {"topic": None}, {}, "has not said that a mixed group is fine"),
        ("slot", {}, {}, "cannot on "),
        ("kind", {}, {}, "wishes for another kind of group"),
        ("format", {"format": "digital"}, {}, "wishes to meet in person"),
        ("format", {}, {}, "wishes to meet on video"),
        ("centre", {}, {"centres": ()}, "can be in groups on video only"),
        ("role", {}, {"role": "kin"}, "comes as next of kin"),
        ("role", {}, {}, "comes for themselves"),
        ("gender", {"gender": "men"}, {"gender": "f"}, "is not one whom this group is for"),
        ("gender", {}, {"gender_wish": "women"}, "wishes for women only"),
        ("gender", {}, {"gender_wish": "men"}, "wishes for men only"),
        ("gender", {"gender": "women"}, {}, "wishes for both women and men"),
        ("age_band", {}, {}, "is of another age"),
        ("age_band", {}, {"age_wish": "young"}, "wishes for people near their own age"),
        ("language", {}, {}, "has not said that they speak the language"),
    ],
)
def test_what_speaks_against_is_said_in_words(
    field: str, key: dict[str, Any], wishes: dict[str, Any], said: str
) -> None:
    person = on_bench(misses=(field,), **wishes)

    (against,) = words.reasons_against(replace(KEY, **key), person)

    assert against.startswith(said)
