"""The match workbench: what it shows of the people, the rules and the week, and what it makes."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from centres.states import Role
from groups.models import Seat, SelfHelpGroup
from groups.states import BrokenBecause
from groups.workbench.draft import Draft, unseal
from linkcenter.encryption import encrypt
from participants.models import KeepApart, ReadLog, Theme
from participants.states import Door
from tests import recipes

pytestmark = pytest.mark.django_db

BENCH = "/admin/groups/selfhelpgroup/bench/"
TRY = f"{BENCH}try/"
MAKE = f"{BENCH}make/"


@pytest.fixture
def centre(db):
    return recipes.centre(target_size=6)


@pytest.fixture
def desk(client: Client, centre) -> Client:
    client.force_login(recipes.staff(Role.COORDINATOR, centre))
    return client


@pytest.fixture
def house(centre):
    recipes.initiator(centre, name="Anne Igang")
    return recipes.venue(centre, name="Stua", capacity=8)


def of(number, centre, **fields):
    """So many who wait, the first of them for the longest."""
    first = datetime(2026, 2, 1, 12, tzinfo=UTC)
    return [
        recipes.waiting(centre, **({"registered_at": first + timedelta(days=day)} | fields))
        for day in range(number)
    ]


def sealed(centre, *rows) -> str:
    return Draft(centre.pk, tuple(row.pk for row in rows)).seal()


def shown(desk, centre, *rows, **query):
    return desk.get(BENCH, {"b": sealed(centre, *rows), **query}).context


def names(context, which="rows"):
    return [row.person.registration for row in context[which]]


def tried(desk, centre, rows, **act) -> Draft:
    """The draft that an act leads to."""
    response = desk.post(TRY, {"b": sealed(centre, *rows), **act})
    (sealed_draft,) = parse_qs(urlsplit(response.headers["Location"]).query)["b"]
    draft = unseal(sealed_draft)
    assert draft is not None
    return draft


def test_empty_bench_lists_everybody_by_the_wait(desk, centre) -> None:
    first, second = of(2, centre)
    recipes.seat(recipes.group(centre), recipes.waiting(centre))

    context = desk.get(BENCH).context

    assert names(context) == [first, second]
    assert not context["members"]


def test_best_fit_comes_first_with_reasons_for_and_against(desk, centre) -> None:
    grief = Theme.objects.create(slug="sorg", name_nb="Sorg")
    member, other, stranger, like_her = of(4, centre)
    for row in (member, like_her):
        row.themes.add(grief)
    stranger.availability, stranger.kind = ["mon-morning"], "self_help"
    stranger.save()
    member.kind = "social"
    member.save()
    recipes.venue(centre)
    apart = recipes.waiting(centre)
    KeepApart.objects.create(first=member.participant, second=apart.participant)

    context = shown(desk, centre, member)

    assert names(context) == [like_her, other, stranger, apart]
    rows = context["rows"]
    assert "har temaet som førstevalg" in rows[0].speaks_for
    assert rows[1].speaks_against == ("har ikke valgt dette temaet",)
    assert len(rows[2].speaks_against) == 3
    assert rows[3].person.cannot


def test_adding_and_taking_out_recounts_rules_and_week(desk, centre, house) -> None:
    early, late = of(2, centre, availability=["tue-evening", "wed-evening"])
    late.availability = ["wed-evening"]
    late.save()

    one = tried(desk, centre, [early], add=late.pk)
    none = tried(desk, centre, [early, late], remove=early.pk)
    context = shown(desk, centre, early, late)

    assert (one.members, none.members) == ((early.pk, late.pk), (late.pk,))
    week = context["bench"].week.times
    assert (week["wed-evening"].can, week["tue-evening"].can) == (2, 1)
    assert [place.venue for place in week["wed-evening"].places] == [house]
    assert [len(week[slot].initiators) for slot in ("tue-evening", "wed-evening")] == [1, 0]
    assert context["bench"].key.slot == "wed-evening"
    assert not context["rules"][0][0]  # four start


def test_filling_takes_the_longest_waits_that_fit_at_one_time(desk, centre, house) -> None:
    rows = of(8, centre)
    rows[1].availability = ["mon-morning"]
    rows[1].save()

    draft = tried(desk, centre, [], act="fill")

    assert draft.members == tuple(row.pk for row in [rows[0], *rows[2:7]])


def test_kind_and_time_are_as_suits_most_until_staff_choose(desk, centre, house) -> None:
    rows = of(3, centre, format="digital", kind="self_help", availability=["fri-morning"])

    by_itself = shown(desk, centre, *rows)["bench"].key
    chosen = tried(desk, centre, rows, act="shape", kind="social", b=sealed(centre, *rows))
    at = tried(desk, centre, rows, slot="tue-evening")

    assert (by_itself.format, by_itself.kind, by_itself.slot) == (
        "digital",
        "self_help",
        "fri-morning",
    )
    assert (chosen.shape.kind, chosen.shape.format, at.shape.slot) == ("social", "", "tue-evening")


def test_group_is_made_of_what_was_tried_out(desk, centre, house) -> None:
    rows = of(4, centre)
    form = shown(desk, centre, *rows)["make"]

    response = desk.post(MAKE, {**form.initial, "place": house.pk})

    group = SelfHelpGroup.objects.get()
    assert response.headers["Location"].endswith(f"/{group.pk}/change/")
    assert group.seats.count() == 4
    assert [one.name for one in group.initiators.all()] == ["Anne Igang"]
    assert group.slot.venue == house


def test_rule_is_broken_with_a_reason_only(desk, centre, house) -> None:
    rows = [*of(3, centre), recipes.waiting(centre, kind="self_help")]
    rows[0].kind = "social"
    rows[0].save()
    filled_in = dict(shown(desk, centre, *rows)["make"].initial)

    without = desk.post(MAKE, filled_in)
    desk.post(MAKE, {**filled_in, "broken_rules": "wishes", "broken_because": BrokenBecause.AGREED})

    assert "broken_because" in without.context["make"].errors
    assert SelfHelpGroup.objects.get().broken_rules == ["wishes"]


def test_who_has_a_place_by_now_is_taken_out_and_said(desk, centre, house) -> None:
    rows = of(4, centre)
    filled_in = dict(shown(desk, centre, *rows)["make"].initial)
    recipes.seat(recipes.group(centre), rows[0])

    response = desk.post(MAKE, filled_in)

    assert names(response.context, "members") == rows[1:]
    assert "1 person er tatt ut" in response.content.decode()
    assert SelfHelpGroup.objects.count() == 1


def test_group_that_is_there_gets_and_loses_people_at_once(desk, centre) -> None:
    group = recipes.seat(recipes.group(centre)).group
    first, other = of(2, centre)
    other.kind = "self_help"
    other.save()
    address = reverse("admin:groups_selfhelpgroup_group_bench", args=[group.pk])
    add = reverse("admin:groups_selfhelpgroup_bench_add", args=[group.pk])

    context = desk.get(address).context
    desk.post(add, {"registration": first.pk, "as_seen": context["as_seen"]})
    late = desk.post(
        add,
        {
            "registration": other.pk,
            "as_seen": context["as_seen"],
            "broken_rules": "wishes",
            "broken_because": "agreed",
        },
        follow=True,
    )
    asked_why = desk.post(add, {"registration": other.pk})

    assert names(context) == [first, other]
    assert "endret denne gruppa" in late.content.decode()
    assert asked_why.context["all_the_same"][1].fields.keys() >= {"broken_rules", "broken_because"}
    seat = Seat.objects.get(registration=first)
    desk.post(reverse("admin:groups_selfhelpgroup_bench_remove", args=[group.pk, seat.pk]))
    assert group.seats.live().count() == 1


def test_three_are_asked_one_question(desk, centre, house) -> None:
    rows = of(3, centre)
    for _number in range(4):
        recipes.waiting(centre, availability=["wed-evening"])

    context = shown(desk, centre, *rows)
    back = desk.post(
        reverse("admin:groups_matchrun_ask"),
        {
            "ask": [f"{one.registration.pk} {one.about}" for one in context["askable"]],
            "back": "bench",
            "b": sealed(centre, *rows),
        },
    )

    assert [one.about for one in context["askable"]] == ["slot:tue-evening"] * 3
    assert back.headers["Location"].startswith(BENCH)
    assert len(shown(desk, centre, *rows)["askable"]) == 1


def test_groups_for_a_person_the_best_first(desk, centre) -> None:
    person = recipes.waiting(centre, kind="social")
    wrong = recipes.group(centre, kind="self_help")
    right = recipes.group(centre)
    recipes.group(
        centre,
        max_size=2,
        min_size=2,
        state="ended",
        slot=None,
        ended_on="2026-01-01",
        end_reason="finished",
        first_date=None,
    )

    context = desk.get(reverse("admin:groups_selfhelpgroup_for_person", args=[person.pk])).context

    assert [one.group for one, *_words in context["rows"]] == [right, wrong]
    assert context["rows"][1][2] == ["ønsker en annen type gruppe"]


def test_whom_another_centre_lends_is_seen_by_reference_and_on_video_only(desk, centre) -> None:
    theme = Theme.objects.create(slug="sorg", name_nb="Sorg")
    lent = recipes.waiting(
        recipes.centre(), {"name": "Fjern"}, digital_elsewhere=True, format="either"
    )
    lent.themes.add(theme)
    here = recipes.waiting(centre, format="digital")

    in_person = desk.get(BENCH)
    on_video = desk.get(BENCH, {"b": sealed(centre, here)})

    assert names(in_person.context) == [here]
    (row,) = on_video.context["rows"]
    assert (row.person.registration, row.wishes, row.times) == (lent, "", "")
    assert lent.participant.reference in on_video.content.decode()
    assert "Fjern" not in on_video.content.decode()


def test_everybody_on_the_page_is_in_the_log(desk, centre) -> None:
    rows = of(3, centre)

    shown(desk, centre, rows[0])

    logged = ReadLog.objects.filter(door=Door.BENCH)
    assert {row.participant_id for row in logged} == {row.participant_id for row in rows}


def test_filters_narrow_down_and_stay(desk, centre) -> None:
    rows = of(2, centre)
    rows[0].availability = ["fri-morning"]
    rows[0].save()

    context = shown(desk, centre, time="tue-evening")
    moved = desk.post(TRY, {"b": sealed(centre), "add": rows[1].pk, "filters": context["filters"]})

    assert names(context) == [rows[1]]
    assert "time=tue-evening" in moved.headers["Location"]


def test_part_alone_is_sent_to_the_script(desk, centre) -> None:
    of(1, centre)

    whole, part = desk.get(BENCH), desk.get(BENCH, headers={"X-Part": "bench"})

    assert (part.headers["X-Part"], b"<html" in part.content) == ("bench", False)
    assert part.content.strip() in whole.content or b"bench-list" in part.content


def test_bench_of_another_centre_is_not_there(desk, centre) -> None:
    other = recipes.centre()
    person = recipes.waiting(other)
    group = recipes.group(other)
    draft = sealed(other, person)

    asked = [
        desk.get(BENCH, {"b": draft}),
        desk.get(BENCH, {"with": person.pk}),
        desk.get(BENCH, {"centre": other.pk}),
        desk.post(TRY, {"b": draft, "add": person.pk}),
        desk.post(TRY, {"b": sealed(centre), "add": person.pk}),
        desk.post(MAKE, {"b": draft}),
        desk.get(reverse("admin:groups_selfhelpgroup_for_person", args=[person.pk])),
        desk.get(reverse("admin:groups_selfhelpgroup_group_bench", args=[group.pk])),
        desk.post(reverse("admin:groups_selfhelpgroup_bench_add", args=[group.pk])),
    ]

    assert {response.status_code for response in asked} == {404}
    assert shown(desk, centre, person)["bench"].gone == 1


@pytest.mark.parametrize(
    "told",
    [
        "[]",
        '{"centre": "x", "members": [], "shape": {}}',
        '{"centre": 1, "members": ["a"], "shape": {}}',
        '{"centre": 1, "members": [1e30], "shape": {}}',
        '{"centre": 1, "members": [], "shape": {"kind": "x"}}',
        '{"centre": 1, "members": [], "shape": {"theme": 5}}',
    ],
)
def test_what_is_no_draft_begins_a_new_one(desk, centre, told) -> None:
    assert unseal(encrypt(told)) is None
    assert desk.get(BENCH, {"b": encrypt(told)}).context["bench"].centre == centre
    assert desk.post(TRY, {"b": encrypt(told), "add": "1"}).headers["Location"] == BENCH


def test_as_many_queries_for_forty_as_for_four(desk, centre, house) -> None:
    rows = of(4, centre)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            shown(desk, centre, *rows[:2], all=1)
        return len(asked)

    queries()
    few = queries()
    of(36, centre)
    recipes.venue(centre)
    recipes.initiator(centre)

    assert queries() == few
