"""The page where an invitation is answered: looking changes nothing, and nobody sees a name."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from centres.models import Centre
from groups.domain.asking.asking import ask
from groups.models import Seat
from groups.states import SeatEndReason, SeatState
from linkcenter.tokens import token_for
from participants.models import PersonalLink
from tests import recipes

pytestmark = pytest.mark.django_db

SCANNER = "Mozilla/5.0 (compatible; SafeLinks)"


@pytest.fixture
def seat() -> Seat:
    """Somebody who has been asked to join, beside one other."""
    group = recipes.group(recipes.centre(name="LINK Prøvested"))
    recipes.seat(group, recipes.waiting(group.centre, {"name": "Hemmelig Hansen"}))
    asked = recipes.seat(group, recipes.waiting(group.centre, {"name": "Kari Prøve"}))
    ask(group, actor=None)
    asked.refresh_from_db()
    return asked


def path_of(seat: Seat) -> str:
    assert seat.message is not None
    return seat.message.link_path.format(token=token_for(seat.message.link_seed))


def test_answer_page_shows_time_place_and_date_and_nobody_by_name(client: Client, seat: Seat):
    page = client.get(path_of(seat)).content.decode()

    assert "18.00" in page
    assert "LINK Prøvested" in page
    assert "Hansen" not in page
    assert "Kari" not in page


def test_looking_fifty_times_changes_nothing(client: Client, seat: Seat):
    before = list(PersonalLink.objects.values()), list(Seat.objects.order_by("pk").values())

    for _time in range(25):
        assert client.get(path_of(seat), headers={"user-agent": SCANNER}).status_code == 200
        assert client.head(path_of(seat), headers={"user-agent": SCANNER}).status_code == 200

    after = list(PersonalLink.objects.values()), list(Seat.objects.order_by("pk").values())
    assert after == before


def test_yes_is_taken_and_leads_to_an_address_without_the_token(client: Client, seat: Seat):
    response = client.post(path_of(seat), {"answer": "yes"})

    seat.refresh_from_db()
    assert seat.state == SeatState.YES
    assert response.headers["Location"] == reverse("groups:answered", args=["yes"])
    assert client.get(response.headers["Location"]).status_code == 200


def test_no_is_taken_with_its_reason(client: Client, seat: Seat):
    client.post(path_of(seat), {"answer": "no", "no_reason": "place"})

    seat.refresh_from_db()
    assert (seat.state, seat.end_reason, seat.no_reason) == (
        SeatState.ENDED,
        SeatEndReason.NO,
        "place",
    )


def test_no_needs_no_reason(client: Client, seat: Seat):
    client.post(path_of(seat), {"answer": "no"})

    seat.refresh_from_db()
    assert (seat.end_reason, seat.no_reason) == (SeatEndReason.NO, "")


def test_other_time_updates_the_week_and_keeps_the_date(client: Client, seat: Seat):
    registered_at = seat.registration.registered_at

    client.post(
        path_of(seat),
        {"answer": "other_time", "availability": ["thu-morning", "mon-evening"]},
    )

    seat.refresh_from_db()
    assert seat.end_reason == SeatEndReason.OTHER_TIME
    assert seat.registration.availability == ["mon-evening", "thu-morning"]
    assert seat.registration.registered_at == registered_at


def test_other_time_without_a_time_asks_for_one_and_stores_nothing(client: Client, seat: Seat):
    response = client.post(path_of(seat), {"answer": "other_time"})

    seat.refresh_from_db()
    assert seat.state == SeatState.ASKED
    assert response.context["forms"]["other_time"].errors["availability"]


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"answer": ""},
        {"answer": "kanskje"},
        {"answer": ["yes", "nonsense"]},
        {"answer": "other_time", "availability": ["someday"]},
        {"answer": "no", "no_reason": "x" * 10_000},
        {"answer": "no", "no_reason": "\u202eplace"},
    ],
)
def test_answers_that_make_no_sense_change_nothing(client: Client, seat: Seat, typed):
    response = client.post(path_of(seat), typed)

    seat.refresh_from_db()
    assert response.status_code == 200
    assert seat.state == SeatState.ASKED


def test_used_late_replaced_and_invented_links_look_alike(client: Client, seat: Seat):
    path = path_of(seat)
    client.post(path, {"answer": "yes"})
    used = client.get(path)
    PersonalLink.objects.update(used_at=None, expires_at=timezone.now() - timedelta(seconds=1))
    late = client.get(path)
    PersonalLink.objects.update(
        expires_at=timezone.now() + timedelta(days=1), superseded_at=timezone.now()
    )
    replaced = client.get(path)
    invented = client.get(reverse("groups:answer", args=["x" * 43]))

    pages = {
        response.content.replace(path.encode(), b"").replace(b"x" * 43, b"")
        for response in (used, late, replaced, invented)
    }
    assert {used.status_code, late.status_code, replaced.status_code} == {404}
    assert invented.status_code == 404
    assert len({page.replace(b"/svar//", b"") for page in pages}) == 1


def test_link_that_is_no_longer_open_leads_to_the_own_page(client: Client, seat: Seat):
    client.post(path_of(seat), {"answer": "yes"})

    page = client.get(path_of(seat)).content.decode().partition("<main")[2].partition("</main")[0]

    assert f'href="{reverse("participants:own-page")}"' in page


def test_centre_without_a_telephone_is_written_to(client: Client, seat: Seat):
    Centre.objects.update(phones=[], email="post@example.org")

    page = client.get(path_of(seat)).content.decode()

    assert "Så ringer vi deg." in page
    assert 'href="mailto:post@example.org"' in page


def test_posting_twice_keeps_the_first_answer(client: Client, seat: Seat):
    client.post(path_of(seat), {"answer": "yes"})

    second = client.post(path_of(seat), {"answer": "no"})

    seat.refresh_from_db()
    assert second.status_code == 404
    assert seat.state == SeatState.YES


def test_a_link_answers_for_nobody_else(client: Client, seat: Seat):
    client.post(path_of(seat), {"answer": "yes"})

    states = set(Seat.objects.exclude(pk=seat.pk).values_list("state", flat=True))
    assert states == {SeatState.ASKED}


def test_answer_page_is_kept_by_nobody(client: Client, seat: Seat):
    response = client.get(path_of(seat))

    assert "no-store" in response.headers["Cache-Control"]


def test_somebody_to_ring_gets_no_link(seat: Seat):
    group = seat.group
    ring = recipes.seat(
        group, recipes.waiting(group.centre, {"email": None, "phone": "+4741333186"})
    )

    ask(group, actor=None)

    ring.refresh_from_db()
    assert ring.message is not None
    assert (ring.message.channel, ring.message.link_path) == ("call", "")
    assert "18.00" in (ring.message.text or "")


def test_the_link_speaks_the_persons_language(seat: Seat):
    group = seat.group
    nynorsk = recipes.seat(group, recipes.waiting(group.centre, {"language": "nn"}))

    ask(group, actor=None)

    nynorsk.refresh_from_db()
    assert path_of(nynorsk).startswith("/nn/svar/")
