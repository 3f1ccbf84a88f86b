"""Staff see what they are to answer, take care of it or hand it over, and write down calls."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from centres.models import Enquiry, StaffRole
from centres.states import Role
from linkcenter.models import User
from tests import recipes

pytestmark = pytest.mark.django_db

MISSING = 999_999_999
CANARY = "Kanarifugl"
LIST = "/admin/centres/enquiry/"
ADD = f"{LIST}add/"
ACTS = ("done", "hand-over", "forget")
LIST_QUERIES = 7
PAGE_QUERIES = 10


@pytest.fixture
def centre():
    return recipes.centre("link-egen")


@pytest.fixture
def coordinator(client, centre):
    user = recipes.staff(Role.COORDINATOR, centre)
    client.force_login(user)
    return user


@pytest.fixture
def foreign():
    """An enquiry at a centre where somebody else answers."""
    there = recipes.centre("link-annen")
    recipes.staff(Role.LEAD, there)
    return recipes.enquiry(there, name=CANARY, text=CANARY, email=f"{CANARY}@example.org")


def page(enquiry: Enquiry, act: str = "") -> str:
    return f"{LIST}{enquiry.pk}/{act}/" if act else f"{LIST}{enquiry.pk}/change/"


def told(answer: Any, number: int) -> tuple[int, str, str]:
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode()).replace(
        f"/{number}/", "/N/"
    )
    return (
        answer.status_code,
        answer.headers.get("Location", "").replace(f"/{number}/", "/N/"),
        text,
    )


@pytest.mark.parametrize("view", ["?view=open", "?view=done", "?view=last-call", "?"])
def test_lists_hold_own_rows_only(client, coordinator, centre, foreign, view):
    by, now = coordinator, timezone.now()
    recipes.enquiry(centre)
    recipes.enquiry(centre, handled_at=now, handled_by=by)
    recipes.enquiry(centre, created_at=now - timezone.timedelta(days=360))

    response = client.get(f"{LIST}{view}")

    shown = response.context["cl"].result_list
    assert {each.centre for each in shown} == {centre}
    assert len(shown) == {"?view=open": 2, "?view=done": 1, "?view=last-call": 1, "?": 3}[view]
    assert CANARY not in response.content.decode()


def test_list_shows_no_word_of_what_was_written(client, coordinator, centre):
    recipes.enquiry(centre, name=CANARY, text=CANARY, organisation=CANARY)

    assert CANARY not in client.get(LIST).content.decode()


@pytest.mark.parametrize("times", [1, 3])
def test_list_and_page_ask_the_database_as_often(
    client, coordinator, centre, times, django_assert_num_queries
):
    enquiries = [recipes.enquiry(centre) for _time in range(times)]
    client.get(page(enquiries[0]))

    with django_assert_num_queries(LIST_QUERIES):
        client.get(f"{LIST}?view=open")
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(page(enquiries[0]))


def test_page_shows_how_to_answer_and_names_nobody_in_its_title(client, coordinator, centre):
    enquiry = recipes.enquiry(centre, name="Kari Ås", phone="+4741234567")

    html = client.get(page(enquiry)).content.decode()

    assert 'href="tel:+4741234567"' in html
    assert 'href="mailto:kari@example.org"' in html
    assert "Kari Ås" in html
    assert "Kari" not in html[: html.index("</title>")]


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7|add:7 }}{% now 'Y' %}",
        "javascript:alert(1)",
    ],
)
def test_scripts_are_shown_as_text(client, coordinator, centre, payload):
    fields = ("name", "email", "phone", "text", "organisation", "page")
    enquiry = recipes.enquiry(centre, **dict.fromkeys(fields, payload))

    html = client.get(page(enquiry)).content.decode()

    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert 'href="javascript:' not in html
    assert "{{ 7|add:7 }}" in html or "{{ 7" not in payload


def test_button_takes_care_of_it(client, coordinator, centre):
    enquiry = recipes.enquiry(centre)

    response = client.post(page(enquiry, "done"), follow=True)
    again = client.post(page(enquiry, "done"), follow=True)

    enquiry.refresh_from_db()
    assert response.redirect_chain == [(page(enquiry), 302)]
    assert enquiry.handled_by == coordinator
    assert [str(each) for each in again.context["messages"]] == ["Noen har alt tatt hånd om denne."]


def test_enquiry_is_handed_to_another_centre(client, coordinator, centre):
    other = recipes.centre("link-annen")
    enquiry = recipes.enquiry(centre)

    response = client.post(page(enquiry, "hand-over"), {"centre": other.pk})

    enquiry.refresh_from_db()
    assert response.headers["Location"] == LIST
    assert enquiry.centre == other


def test_enquiry_is_handed_to_the_administrators(client, coordinator, centre):
    enquiry = recipes.enquiry(centre)

    client.post(page(enquiry, "hand-over"), {"centre": ""})

    assert Enquiry.objects.get().centre is None


@pytest.mark.parametrize("centre_chosen", ["x", "0", str(MISSING)])
def test_handing_over_to_what_there_is_not_is_asked_again(
    client, coordinator, centre, centre_chosen
):
    enquiry = recipes.enquiry(centre)

    response = client.post(page(enquiry, "hand-over"), {"centre": centre_chosen})

    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"centre"}
    assert Enquiry.objects.get().centre == centre


def test_what_was_written_is_deleted_on_request(client, coordinator, centre):
    enquiry = recipes.enquiry(centre, text=CANARY)

    client.post(page(enquiry, "forget"))

    enquiry.refresh_from_db()
    assert (enquiry.text, enquiry.email) == (None, None)
    assert CANARY not in client.get(page(enquiry)).content.decode()
    assert client.get(f"{LIST}?view=open").context["cl"].result_count == 0


def test_opening_an_act_changes_nothing(client, coordinator, centre):
    enquiry = recipes.enquiry(centre)
    before = Enquiry.objects.values().get()

    answers = [client.get(page(enquiry, act)) for act in ACTS]

    assert {each.headers["Location"] for each in answers} == {page(enquiry)}
    assert Enquiry.objects.values().get() == before


@pytest.mark.parametrize("who", ["coordinator", "administrator"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_others_answer_is_as_if_it_were_missing(client, coordinator, foreign, who, method):
    if who == "administrator":
        client.force_login(recipes.staff(Role.ADMINISTRATOR))
    client.defaults["HTTP_X_REQUEST_ID"] = "0" * 32  # a refusal shows a code of the request
    before = Enquiry.objects.values().get()
    missing = Enquiry(pk=MISSING)
    acts = ("", "delete", "history", *ACTS)

    for act in acts:
        answer = getattr(client, method)(page(foreign, act))
        client.get(reverse("admin:index"))  # shows the message that the row is not there
        other = getattr(client, method)(page(missing, act))
        client.get(reverse("admin:index"))
        if answer.status_code != 404:
            assert told(answer, foreign.pk) == told(other, MISSING)
        assert answer.status_code == other.status_code
        assert CANARY not in answer.content.decode()
    assert Enquiry.objects.values().get() == before


def test_administrator_answers_what_came_to_no_centre(client, foreign):
    client.force_login(recipes.staff(Role.ADMINISTRATOR))
    other = recipes.centre("link-tredje")
    own = recipes.enquiry(None)

    listed = client.get(LIST).context["cl"].result_list
    start = client.get(reverse("admin:index"))
    unchosen = client.post(page(own, "hand-over"), {"centre": ""})
    client.post(page(own, "hand-over"), {"centre": other.pk})

    assert list(listed) == [own]
    assert [count for url, count in tiles_of(start) if url == f"{LIST}?view=open"] == [1]
    assert set(unchosen.context["form"].errors) == {"centre"}
    assert Enquiry.objects.get(pk=own.pk).centre == other


def tiles_of(start):
    """Address and count of each tile on the start page that has something."""
    sections = [section for half in start.context["sections"] for section in half]
    return [(tile.url, tile.count) for _urgency, tiles in sections for tile in tiles]


@pytest.mark.parametrize("act", ["done", "forget"])
def test_administrator_comes_back_to_the_list_from_what_is_no_longer_theirs(client, act):
    client.force_login(recipes.staff(Role.ADMINISTRATOR))
    nobodys = recipes.enquiry(recipes.centre("link-ny"))

    answer = client.post(page(nobodys, act), follow=True)

    assert answer.redirect_chain == [(LIST, 302)]
    assert len(answer.context["messages"]) == 1


@pytest.mark.parametrize("role", [Role.STATISTICS, None])
def test_others_come_no_further_than_the_log_in(client, centre, role):
    user = recipes.staff(role) if role else User.objects.create_user(email="a@example.org")
    client.force_login(user)
    enquiry = recipes.enquiry(centre)

    for address in (LIST, ADD, page(enquiry), *(page(enquiry, act) for act in ACTS)):
        assert client.post(address).status_code == 302
        assert client.get(address).headers["Location"].startswith("/admin/login/")


def test_nothing_is_left_in_the_log_of_the_admin(client, coordinator, centre):
    enquiry = recipes.enquiry(centre, text=CANARY)

    for act in ACTS:
        client.post(page(enquiry, act), {"centre": ""})

    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("lookup", ["text__startswith", "name", "centre__name__startswith"])
def test_look_ups_cannot_be_used_to_guess(client, coordinator, foreign, lookup):
    assert client.get(LIST, {lookup: "K"}).status_code in (302, 400)


# What staff hear


def test_two_clicks_are_enough_to_count_a_telephone_call(client, coordinator, centre):
    form = client.get(ADD).context["form"]
    data = {
        "form_id": form["form_id"].value(),
        "channel": "phone",
        "kind": "question",
        "is_done": "on",
    }

    responses = [client.post(ADD, data) for _time in range(2)]

    enquiry = Enquiry.objects.get()
    assert {each.headers["Location"] for each in responses} == {page(enquiry)}
    assert (enquiry.channel, enquiry.centre, enquiry.handled_by) == ("phone", centre, coordinator)


def test_what_waits_is_in_the_open_list(client, coordinator, centre):
    recipes.municipality("5501", name="Tromsø")
    data = {
        "channel": "visit",
        "kind": "info_meeting",
        "text": "De vil ha oss på besøk.",
        "municipality": "tromsø",
        "organisation": "Tromsø kommune",
        "name": "Kari",
        "phone": "41234567",
        "email": "",
    }

    client.post(ADD, data)

    enquiry = client.get(f"{LIST}?view=open").context["cl"].result_list[0]
    assert (enquiry.phone, enquiry.email) == ("+4741234567", None)
    assert (enquiry.municipality_id, enquiry.text) == ("5501", "De vil ha oss på besøk.")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"channel": "web"}, "channel"),
        ({"channel": ""}, "channel"),
        ({"kind": "dragon"}, "kind"),
        ({"text": "å" * 2000}, "text"),
        ({"phone": "12"}, "phone"),
        ({"municipality": "Atlantis"}, "municipality"),
        ({"form_id": "x"}, "form_id"),
    ],
)
def test_what_cannot_be_used_is_said_and_kept(client, coordinator, centre, changes, field):
    data = {"channel": "phone", "kind": "question", "text": "Dette skrev jeg."}

    response = client.post(ADD, data | changes)

    assert set(response.context["form"].errors) == {field}
    assert changes.get("text", "Dette skrev jeg.") in response.content.decode()
    assert not Enquiry.objects.exists()


def test_who_works_at_two_centres_chooses_among_them(client, coordinator, centre, foreign):
    second = recipes.centre("link-ny")
    StaffRole.objects.create(user=coordinator, role=Role.LEAD, centre=second)
    data = {"channel": "phone", "kind": "question", "form_id": str(uuid4())}

    nowhere = client.post(ADD, data)
    strange = client.post(ADD, data | {"centre": foreign.centre_id})
    client.post(ADD, data | {"centre": second.pk})

    assert set(nowhere.context["form"].errors) == {"centre"}
    assert set(strange.context["form"].errors) == {"centre"}
    assert Enquiry.objects.exclude(pk=foreign.pk).get().centre == second


def test_administrator_writes_down_for_the_administrators(client):
    client.force_login(recipes.staff(Role.ADMINISTRATOR))

    client.post(ADD, {"channel": "email", "kind": "accessibility", "text": "Kartet"})

    assert Enquiry.objects.get().centre is None
