"""Keys in the admin: lent, taken back, lost and found, and a receipt to sign."""

from datetime import UTC, date, datetime

import pytest
from time_machine import travel

from centres.models import Key
from centres.states import Role, VenueKind
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
LIST = "/admin/centres/key/"


@pytest.fixture
def centre():
    return recipes.centre()


@pytest.fixture
def key(centre):
    return recipes.key(recipes.venue(centre, name="Stua"), number="12")


@pytest.fixture
def staff(client, centre):
    with travel(NOW):
        client.force_login(recipes.staff(Role.COORDINATOR, centre))
        yield client


def post(staff, key, act, **answers):
    return staff.post(f"{LIST}{key.pk}/{act}/", answers, follow=True)


def test_key_goes_out_and_comes_back(staff, key):
    out = post(staff, key, "lend", holder="Kari", phone="480 12 345", due="20.06.2027")

    key.refresh_from_db()
    assert (key.holder, key.phone, key.due) == ("Kari", "+4748012345", date(2027, 6, 20))
    assert "Nøkkelen er lånt ut." in out.text

    back = post(staff, key, "back")

    key.refresh_from_db()
    assert key.holder is None
    assert "Kari" not in back.text


def test_form_on_the_page_leads_to_where_a_key_is_lent(staff, key):
    page = staff.get(f"{LIST}{key.pk}/change/")

    assert f'action="{LIST}{key.pk}/lend/"' in page.text


def test_name_is_asked_for_and_what_was_typed_is_kept(staff, key):
    page = post(staff, key, "lend", holder=" ", phone="480 12 345")

    assert "Skriv navnet på den som kvitterer for nøkkelen." in page.text
    assert 'value="480 12 345"' in page.text
    assert Key.objects.at_home().count() == 1


def test_key_is_not_due_on_a_day_that_has_been(staff, key):
    page = post(staff, key, "lend", holder="Kari", due="24.11.2026")

    assert "Den dagen har vært. Velg i dag eller en senere dag." in page.text


def test_second_who_lends_is_told_and_the_first_keeps_it(staff, key):
    post(staff, key, "lend", holder="Kari")

    page = post(staff, key, "lend", holder="Per")

    assert "Noen har denne nøkkelen." in page.text
    key.refresh_from_db()
    assert key.holder == "Kari"


def test_lost_and_found(staff, key):
    post(staff, key, "lend", holder="Kari")

    post(staff, key, "lost")
    assert [row.pk for row in Key.objects.lost()] == [key.pk]

    post(staff, key, "found")
    assert [row.pk for row in Key.objects.at_home()] == [key.pk]


def test_receipt_names_the_room_the_number_and_who_printed_it(staff, key):
    post(staff, key, "lend", holder="Kari", due="20.06.2027")

    sheet = staff.get(f"{LIST}{key.pk}/receipt/").text

    for words in ("Stua", "Kari", "20. juni 2027", "Skrevet ut av Ansatt"):
        assert words in sheet


def test_key_in_the_house_has_no_receipt(staff, key):
    assert staff.get(f"{LIST}{key.pk}/receipt/").url == f"{LIST}{key.pk}/change/"


def test_list_of_overdue_keys_is_the_tile(staff, key):
    recipes.key(key.venue)
    post(staff, key, "lend", holder="Kari", due="26.11.2026")

    with travel(datetime(2026, 11, 27, 9, tzinfo=UTC)):
        staff.force_login(recipes.staff(Role.COORDINATOR, key.venue.centre))
        page = staff.get("/admin/").text
        rows = staff.get(f"{LIST}?view=overdue").context["cl"].result_list

    assert f"{LIST}?view=overdue" in page
    assert [row.pk for row in rows] == [key.pk]


def test_new_key_is_for_a_room_and_not_for_a_licence(staff, centre, key):
    licence = recipes.venue(centre, kind=VenueKind.LICENCE, provider="Whereby")

    refused = staff.post(f"{LIST}add/", {"venue": licence.pk, "number": "7"})
    assert refused.status_code == 200

    staff.post(f"{LIST}add/", {"venue": key.venue.pk, "number": "7"})
    assert Key.objects.filter(number="7").count() == 1


def test_key_that_somebody_has_stays_in_the_register(staff, key):
    post(staff, key, "lend", holder="Kari")

    assert staff.post(f"{LIST}{key.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Key.objects.count() == 1


@pytest.mark.parametrize("act", ["lend", "back", "lost", "found", "receipt"])
def test_key_of_another_centre_is_a_missing_one(staff, act):
    foreign = recipes.key(recipes.venue(recipes.centre()))

    assert staff.post(f"{LIST}{foreign.pk}/{act}/", {"holder": "Kari"}).status_code == 404
