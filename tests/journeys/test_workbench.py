"""The workbench in a browser: the parts of it come without the page, and the focus stays."""

import pytest
from django.urls import reverse

from centres.states import Role
from groups.models import SelfHelpGroup
from groups.workbench.draft import Draft
from tests import recipes
from tests.journeys import desk
from tests.journeys.screen import Screen

pytestmark = [
    pytest.mark.browser,
    pytest.mark.prove,
    pytest.mark.django_db(transaction=True),
]

FOCUS = "() => document.activeElement.innerText.trim()"


@pytest.fixture
def centre(db):
    centre = recipes.centre("link-benk")
    recipes.staff(Role.COORDINATOR, centre, email="turid@example.org", name="Turid")
    recipes.venue(centre, name="Stua", capacity=8)
    recipes.initiator(centre)
    return centre


def reference(row) -> str:
    return row.participant.reference


def at_the_bench(screen: Screen, query: str = "") -> Screen:
    desk.log_in(screen, "turid@example.org", "prov-link")
    screen.open(f"/admin/groups/selfhelpgroup/bench/{query}")
    return screen


def members(screen: Screen) -> list[str]:
    return screen.list_of("#bench-group .bench-list .bench-person > p:first-child a")


def test_people_are_added_taken_out_and_brought_back(centre, window: Screen) -> None:
    rows = [recipes.waiting(centre) for _number in range(3)]
    first, second, third = map(reference, rows)
    at_the_bench(window)

    window.press(f"Legg til {first}")
    window.page.get_by_text("1 i gruppa.").first.wait_for()
    window.press(f"Legg til {second}")
    window.page.get_by_text("2 i gruppa.").first.wait_for()

    assert members(window) == [first, second]
    if window.javascript:
        assert window.page.evaluate(FOCUS) == f"Legg til {third}"
        assert "2 i gruppa." in window.text("#bench-said")
    window.press(f"Ta ut {first}")
    window.page.get_by_text("1 i gruppa.").first.wait_for()
    assert members(window) == [second]
    window.page.go_back()
    window.page.get_by_text("2 i gruppa.").first.wait_for()
    window.page.reload()
    assert members(window) == [first, second]


def test_another_time_is_chosen_in_the_week_and_the_list_is_narrowed(
    centre, window: Screen
) -> None:
    rows = [recipes.waiting(centre, availability=["tue-evening", "wed-evening"]) for _two in "ab"]
    recipes.waiting(centre, availability=["fri-morning"])
    draft = Draft(centre.pk, tuple(row.pk for row in rows)).seal()
    at_the_bench(window, f"?b={draft}")

    window.page.get_by_label("onsdag kveld").first.check()
    window.press("Bruk den valgte tida")
    window.page.get_by_role("heading", name="Sett sammen: onsdag kveld").wait_for()
    window.look()
    window.unfold("Vis bare noen av dem")
    window.page.get_by_label("Kan møtes").select_option("mon-morning")
    window.press("Vis disse")
    window.page.get_by_text("Ingen som venter, passer med disse filtrene.").wait_for()
    window.look()

    assert "Sett sammen: onsdag kveld" in window.text()


def test_somebody_is_added_to_a_group_against_a_wish_with_a_reason(centre, window: Screen) -> None:
    group = recipes.seat(recipes.group(centre)).group
    other = recipes.waiting(centre, kind="self_help")
    desk.log_in(window, "turid@example.org", "prov-link")
    window.open(reverse("admin:groups_selfhelpgroup_change", args=[group.pk]))

    window.follow("Hvem passer her? Se på arbeidsbenken")
    window.press(f"Legg til {reference(other)}")
    window.page.get_by_role("heading", name=f"{reference(other)} passer ikke i alt").wait_for()
    window.look()
    window.page.get_by_label("Noen har ønsket seg noe annet").check()
    window.page.get_by_label("de det gjelder, vet det og ønsker det").check()
    window.press("Legg til likevel")

    assert reference(other) in members(window)
    assert SelfHelpGroup.objects.get().broken_rules == ["wishes"]
    window.open(reverse("admin:groups_selfhelpgroup_for_person", args=[other.pk]))
