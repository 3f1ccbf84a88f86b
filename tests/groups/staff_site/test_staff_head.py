"""The head of the staff's pages, the language they are in, and the handbook that they lead to."""

import re

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from centres.models import Centre
from centres.states import Role
from groups.staff_site import handbook, page_help
from linkcenter.admin.pages import OwnPageMixin
from linkcenter.models import User
from tests import recipes

HOME, LANGUAGE = "/admin/", "/admin/sprak/"


@pytest.fixture
def coordinator(centre: Centre) -> User:
    return recipes.staff(Role.COORDINATOR, centre)


@pytest.fixture
def client(coordinator: User) -> Client:
    client = Client()
    client.force_login(coordinator)
    return client


def current(client: Client, address: str) -> list[str]:
    return [str(place.url) for place in client.get(address).context["places"] if place.is_here]


def test_head_says_where_one_is(client: Client) -> None:
    people = reverse("admin:participants_registration_changelist")

    groups = reverse("admin:groups_selfhelpgroup_changelist")
    bench = reverse("admin:groups_selfhelpgroup_bench")

    assert current(client, HOME) == [HOME]
    assert current(client, people) == [people]
    assert current(client, reverse("admin:groups_followup_changelist")) == [groups]
    assert current(client, bench) == [bench]
    assert current(client, reverse("admin:groups_matchrun_missing")) == [bench]


def test_head_searches_for_people_only_where_one_sees_them(client: Client) -> None:
    find = reverse("admin:participants_registration_find")
    administrator = Client()
    administrator.force_login(recipes.staff(Role.ADMINISTRATOR))

    assert find in client.get(reverse("admin:centres_key_changelist")).text
    assert find not in administrator.get(HOME).text


def test_staff_read_the_language_that_they_chose_on_any_machine(
    client: Client, coordinator: User
) -> None:
    before = client.get(HOME)
    client.post(LANGUAGE, {"language": "nn", "next": HOME})
    other_machine = Client()
    other_machine.force_login(coordinator)
    after = other_machine.get(HOME)

    assert (before.headers["Content-Language"], after.headers["Content-Language"]) == ("nb", "nn")
    assert "<h1>Dette treng deg i dag</h1>" in after.text


@pytest.mark.parametrize("language", ["", "de", "nn\n", "a" * 500])
def test_language_that_there_is_not_changes_nothing(
    client: Client, coordinator: User, language: str
) -> None:
    answer = client.post(LANGUAGE, {"language": language})

    coordinator.refresh_from_db()
    assert (answer.status_code, coordinator.language) == (302, "nb")


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "", "\\\\x"])
def test_choice_of_language_leads_nowhere_else(client: Client, back: str) -> None:
    answer = client.post(LANGUAGE, {"language": "nn", "next": back})

    assert answer.headers["Location"] == HOME


def test_to_open_the_address_of_the_choice_changes_nothing(client: Client) -> None:
    assert client.get(LANGUAGE).status_code == 405


def test_every_chapter_opens_and_its_links_lead_to_chapters(client: Client) -> None:
    shown = {slug: client.get(f"/admin/handbok/{slug}/") for slug in handbook.SLUGS}

    files = {path.stem for path in handbook.FOLDER.glob("*.md")}
    assert files == set(handbook.SLUGS)
    assert {page.status_code for page in shown.values()} == {200}
    linked = {to for page in shown.values() for to in re.findall(r'handbok/([^/"]+)/"', page.text)}
    assert linked == set(handbook.SLUGS)
    assert not [slug for slug, page in shown.items() if '.md"' in page.text]


def test_chapter_that_there_is_not_is_not_found(client: Client) -> None:
    assert client.get("/admin/handbok/finnes-ikke/").status_code == 404


def test_handbook_is_for_staff(db: None) -> None:
    assert Client().get("/admin/handbok/").status_code == 302


def test_every_page_has_a_chapter_of_its_own_part() -> None:
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}_changelist"
        assert handbook.chapter_about(name).slug != "en-dag", name


def test_every_list_and_form_says_what_it_is_for() -> None:
    for model, page in admin.site._registry.items():
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        assert getattr(page, "all_help", "") or page_help.help_for(f"{name}_changelist"), name
        says_it_itself = isinstance(page, OwnPageMixin)
        is_read_only = name == "groups_statisticssnapshot"
        assert says_it_itself or is_read_only or page_help.help_for(f"{name}_change"), name
