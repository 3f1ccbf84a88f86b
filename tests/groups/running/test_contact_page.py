"""The page of a group for its contact: what it shows, what it never shows, and what buttons do."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from time_machine import travel

from centres.domain.house.host_keys import set_host_key
from centres.states import VenueKind
from groups.domain.running.contact import page_token
from groups.models import FollowUp, Seat, SelfHelpGroup
from groups.states import GroupActivity, GroupState, Newcomers, Trouble
from linkcenter.models import Activity, Message
from participants.models import Participant, PersonalLink, Theme
from tests import recipes
from tests.groups.meeting_group import NOW, TODAY, TUESDAY, member, running_group
from tests.participants import own

pytestmark = pytest.mark.django_db

PAGES = ("contact", "contact-break", "contact-trouble", "contact-hand-on", "contact-end")


@pytest.fixture(autouse=True)
def at_noon():
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def group(centre):
    """Of five places, with a theme; the contact, one who shows a name, one who shows nothing."""
    theme = Theme.objects.create(slug="sorg", name="Hemmelig tema")
    made = running_group(centre, members=1, theme=theme, name="Hemmelig navn")
    shown = {"name": "Hemmelig Berit", "phone": "+4741333111"}
    hidden = {"name": "Hemmelig Anne", "phone": "+4741333222"}
    member(made, recipes.waiting(centre, shown), shared_name="Bibbi", shared_at=NOW)
    member(made, recipes.waiting(centre, hidden))
    return made


@pytest.fixture
def token(group):
    return page_token(group.contact.registration.participant, now=NOW)


def path(token, page="contact"):
    return reverse(f"groups:{page}", args=[token])


def press(client, token, act, **answers):
    return client.post(path(token), {"act": act, **answers})


def everything():
    rows = (SelfHelpGroup, Seat, PersonalLink, Activity, Message, FollowUp, Participant)
    return [list(model.objects.order_by("pk").values()) for model in rows]


def test_page_shows_time_and_room_and_of_the_others_only_what_they_show(client, group, token):
    shown = [client.get(path(token, page)).content.decode() for page in PAGES]

    assert "18.00" in shown[0]
    assert group.slot.venue.name in shown[0]
    assert "Bibbi" in shown[0]
    assert "Bibbi" in shown[3]
    for page in shown:
        assert not re.search(r"Hemmelig|4133|41 33|D-\d", page)
        assert re.search(r'<meta name="robots" content="noindex">', page)


def test_looking_changes_nothing(client, token):
    before = everything()

    for page in PAGES:
        for _time in range(3):
            assert client.get(path(token, page)).status_code == 200
            assert client.head(path(token, page)).status_code == 200

    assert everything() == before


def test_page_is_shut_to_strangers_and_to_who_is_the_contact_no_more(client, group, token):
    SelfHelpGroup.objects.update(contact=group.seats.order_by("pk").last())

    for page in PAGES:
        assert client.get(path(token, page)).status_code == 404
        assert client.post(path("A" * 43, page)).status_code == 404


def test_buttons_of_the_page(client, group, token):
    for act in ("bruker", "plass"):
        response = press(client, token, act)
        assert response.headers["Location"] == f"{path(token)}?takk={act}"
        assert client.get(response.headers["Location"]).context["notice"]

    group.refresh_from_db()
    assert (group.still_used_on, group.newcomers) == (TODAY, Newcomers.YES)
    press(client, token, "fullt")
    group.refresh_from_db()
    assert group.newcomers == Newcomers.NO


def test_head_count_is_taken_or_refused_with_what_was_typed(client, group, token):
    assert press(client, token, "antall", heads="4").status_code == 302
    group.refresh_from_db()
    assert group.unnamed_members == 1

    refused = press(client, token, "antall", heads="9")

    assert refused.status_code == 200
    assert 'value="9"' in refused.content.decode()
    assert refused.context["heads"].errors


def test_break_is_shown_before_it_is_taken(client, group, token):
    days = {"from_date": "2026-12-01", "until": "2026-12-15"}

    asked = client.post(path(token, "contact-break"), days)
    group.refresh_from_db()
    assert (len(asked.context["preview"].falls_out), group.paused_until) == (2, None)
    client.post(path(token, "contact-break"), days | {"sure": "yes"})

    group.refresh_from_db()
    assert str(group.paused_until) == "2026-12-15"
    press(client, token, "mottes")
    group.refresh_from_db()
    assert group.paused_until is None


def test_trouble_makes_something_to_do_today(client, token):
    client.post(path(token, "contact-trouble"), {"about": Trouble.TOGETHER})

    assert FollowUp.objects.get().about == Trouble.TOGETHER


def test_host_key_needs_a_button_on_the_day_of_a_meeting(client, centre):
    licence = recipes.venue(centre, kind=VenueKind.LICENCE, provider="Whereby")
    set_host_key(licence, "vert-4711", today=TODAY)
    group = running_group(centre, venue=licence)
    token = page_token(group.contact.registration.participant, now=NOW)
    assert "vert-4711" not in press(client, token, "vertskode").content.decode()

    with travel(NOW + (TUESDAY - TODAY), tick=False):
        assert "vert-4711" not in client.get(path(token)).content.decode()
        shown = press(client, token, "vertskode")

    assert "vert-4711" in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert group.activities.filter(what=GroupActivity.HOST_KEY_SHOWN).count() == 1


def test_contact_hands_on_to_a_member_who_shows_a_name(client, group, token):
    (seat,) = group.seats.filter(shared_at__isnull=False)
    hand_on = path(token, "contact-hand-on")
    assert client.post(hand_on, {"act": "velg", "seat": seat.pk}).status_code == 200

    response = client.post(hand_on, {"act": "velg", "seat": seat.pk, "agreed": "on"})

    group.refresh_from_db()
    assert group.contact == seat
    assert token not in response.headers["Location"]
    assert client.get(path(token)).status_code == 404


def test_address_that_is_passed_on_leads_to_the_form_of_the_next_contact(client, group, token):
    recipes.consent_texts()
    group.seats.exclude(pk=group.contact_id).delete()
    client.post(path(token, "contact-hand-on"), {"act": "lenke"})
    address = client.get(path(token, "contact-hand-on")).context["address"]
    assert address.startswith(settings.BASE_URL)
    form = address.removeprefix(settings.BASE_URL)
    before = everything()
    page = client.get(form)
    assert everything() == before
    assert not re.search(r"Hemmelig|41 33|D-\d", page.content.decode())

    (consent,) = re.findall(
        r'name="contact"[^>]*value="(\d+)"', page.content.decode()
    ) or re.findall(r'value="(\d+)"[^>]*name="contact"', page.content.decode())
    answers = {"name": "Kari", "phone": "412 34 567", "preferred_way": "phone", "is_adult": "on"}
    assert client.post(form, answers).status_code == 200
    response = client.post(form, answers | {"contact": consent})

    group.refresh_from_db()
    assert response.status_code == 302
    assert group.contact.registration.participant.name == "Kari"
    assert client.get(form).status_code == 404


def test_end_takes_a_reason_and_a_tick(client, group, token):
    end = path(token, "contact-end")
    assert client.post(end, {"reason": "finished"}).status_code == 200
    assert client.post(end, {"sure": "on"}).status_code == 200

    response = client.post(end, {"reason": "finished", "sure": "on"})

    group.refresh_from_db()
    assert group.state == GroupState.ENDED
    assert client.get(response.headers["Location"]).status_code == 200
    assert client.get(path(token)).status_code == 404


def test_own_page_leads_the_contact_and_nobody_else_to_the_page(client, group):
    person = group.contact.registration.participant
    button = reverse("groups:contact-open")
    assert button in own.enter(client, person).content.decode()
    opened = client.post(button)
    assert client.get(opened.headers["Location"]).context["group"] == group

    other = group.seats.order_by("pk").last().registration.participant
    assert button not in own.enter(client, other).content.decode()
    assert client.post(button).headers["Location"] == reverse("participants:own-page")
