"""What the others in a group see of a member: what was chosen, only then, and never before."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from time_machine import travel

from groups.domain.asking import answering, asking
from groups.domain.errors import WrongMoment
from groups.domain.lifecycle import settling
from groups.domain.running.sharing import Shown, choose_shown, members_of, shown, shown_to
from groups.models import Seat
from groups.states import GroupState, SeatActivity
from linkcenter.models import Message
from linkcenter.tokens import token_for
from participants.models import PersonalLink
from participants.states import LinkPurpose
from tests import recipes
from tests.participants import own

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)
PHONE = "+4741333186"
NAMES = ("Plantet Kari", "Plantet Ola", "Plantet Per")


@pytest.fixture(autouse=True)
def at_noon():
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def group():
    """Three who are asked, each with a name that shows where it must not."""
    group = recipes.group(recipes.centre(), min_size=2, max_size=5)
    person = {"phone": PHONE, "preferred_way": "email"}
    for name in NAMES:
        recipes.seat(
            group,
            recipes.waiting(group.centre, person | {"name": name}),
        )
    asking.ask(group, actor=None)
    return group


def settle(group):
    for seat in group.seats.asked():
        answering.say_yes(seat)
    return settling.settle(group, first_date=group.first_date, actor=None)


def seats_of(group) -> list[Seat]:
    return list(group.seats.select_related("group", "registration__participant").order_by("pk"))


def path_of(seat: Seat) -> str:
    link = PersonalLink.objects.live().get(
        participant=seat.registration.participant, purpose=LinkPurpose.SHARE
    )
    return f"/svar/vis/{token_for(link.seed)}/"


def test_nobody_sees_anybody_before_the_group_is_settled(client, group):
    kari, ola, _per = seats_of(group)
    for seat in (kari, ola):
        answering.say_yes(seat)

    with pytest.raises(WrongMoment):
        choose_shown(ola, name="Ola", shares_phone=True)

    page = own.enter(client, kari.registration.participant).content.decode()
    assert shown_to(kari) is None
    assert members_of(group) == []
    assert "Plantet" not in page.replace("Plantet Kari", "")
    assert "En til" not in page


def test_nothing_chosen_shows_that_somebody_is_there_and_no_more(client, group):
    settle(group)
    kari, _ola, _per = seats_of(group)

    page = own.enter(client, kari.registration.participant).content.decode()

    assert shown_to(kari) == [Shown(), Shown()]
    assert page.count("<li>2 som ikke viser navn</li>") == 1
    assert "Ola" not in page
    assert "41 33 31 86" not in page


def test_others_see_what_was_chosen_and_nothing_of_who_left(client, group):
    settle(group)
    kari, ola, per = seats_of(group)
    choose_shown(ola, name="Olemann", shares_phone=True)
    choose_shown(per, name="Per", shares_phone=False)

    page = own.enter(client, kari.registration.participant).content.decode()

    assert shown_to(kari) == [Shown("Olemann", PHONE), Shown("Per")]
    assert "Olemann" in page
    assert page.count("413 33 186") + page.count("41 33 31 86") == 1
    assert "Plantet" not in page.replace("Plantet Kari", "")


def test_newcomer_sees_and_is_seen_only_when_the_group_has_said_yes(group):
    settle(group)
    day = timezone.localdate()
    asked = {
        "state": "yes",
        "asked_at": NOW,
        "answer_by": day,
        "answered_at": NOW,
        "is_newcomer": True,
        "group_asked_at": NOW,
        "group_answer_by": day,
    }
    newcomer = recipes.seat(group, **asked)
    kari = seats_of(group)[0]
    assert shown_to(newcomer) is None
    assert len(shown_to(kari) or []) == 2

    Seat.objects.filter(pk=newcomer.pk).update(group_agreed_at=NOW)

    newcomer.refresh_from_db()
    assert len(shown_to(newcomer) or []) == len(shown_to(kari) or []) == 3


def test_message_of_the_settled_group_leads_to_the_choice(client, group):
    settle(group)
    kari = seats_of(group)[0]

    told = Message.objects.get(kind="settled", recipient_id=kari.registration.participant_id)

    path = told.link_path.format(token=token_for(told.link_seed))
    assert path == path_of(kari)
    assert client.get(path).status_code == 200


def test_looking_changes_nothing_and_the_button_saves_as_often_as_they_like(client, group):
    settle(group)
    kari = seats_of(group)[0]
    path = path_of(kari)
    before = list(Seat.objects.order_by("pk").values()), list(PersonalLink.objects.values())
    for _time in range(3):
        client.get(path)
        client.head(path)
    assert before == (
        list(Seat.objects.order_by("pk").values()),
        list(PersonalLink.objects.values()),
    )

    client.post(path, {"show": "other_name", "other_name": " Nora  Nord ", "shares_phone": "on"})
    kari.refresh_from_db()
    first = shown(kari)
    response = client.post(path, {"show": "first_name"})

    kari.refresh_from_db()
    assert first == Shown("Nora Nord", PHONE)
    assert shown(kari) == Shown("Plantet")
    assert response.headers["Location"] == "/svar/takk/shared/"
    moves = kari.registration.activities.values_list("what", flat=True)
    assert list(moves).count(SeatActivity.SHARED) == 2


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"show": "everything"},
        {"show": "other_name", "other_name": "x" * 41},
        {"show": "other_name", "other_name": " "},
        {"show": "nothing", "shares_phone": "on"},
    ],
)
def test_choices_that_make_no_sense_save_nothing_and_are_kept(client, group, typed):
    settle(group)
    kari = seats_of(group)[0]

    response = client.post(path_of(kari), typed)

    kari.refresh_from_db()
    assert response.status_code == 200
    assert kari.shared_at is None
    assert typed.get("other_name", "").strip() in response.content.decode()


def test_page_names_nobody_else_and_is_closed_at_the_hand_over(client, group):
    settle(group)
    kari, ola, _per = seats_of(group)
    choose_shown(ola, name="Olemann", shares_phone=True)
    path = path_of(kari)
    page = client.get(path).content.decode()
    group.refresh_from_db()
    group.state = GroupState.SELF_RUN
    group.started_on = group.handed_over_on = timezone.localdate()
    group.save()

    assert "Ole" not in page
    assert client.get(path).status_code == 404
    assert client.post(path, {"show": "nothing"}).status_code == 404
    with pytest.raises(WrongMoment):
        choose_shown(kari, name="", shares_phone=False)


def test_link_of_somebody_else_or_of_another_purpose_opens_nothing(client, group):
    settle(group)
    kari, ola, _per = seats_of(group)
    link = PersonalLink.objects.live().get(
        participant=ola.registration.participant, purpose=LinkPurpose.SHARE
    )

    with pytest.raises(WrongMoment):
        choose_shown(kari, name="Ola", shares_phone=False, link=link)

    assert client.get(f"/svar/{token_for(link.seed)}/").status_code == 404
    link.expires_at = NOW - timedelta(minutes=1)
    link.save()
    assert client.get(path_of(ola)).status_code == 404
