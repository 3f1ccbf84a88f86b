"""The page where staff look through the public holidays, and the button "all is right today"."""

from datetime import date, time

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from centres.models import Centre, OpeningHours
from centres.states import CentreStatus, Role
from tests import recipes

pytestmark = pytest.mark.django_db

CHRISTMAS_EVE = date(2026, 12, 24)


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to("2026-11-22 12:00+01:00", tick=False)


@pytest.fixture
def centre():
    return open_on_weekdays(recipes.centre("tromso"))


def open_on_weekdays(centre):
    for weekday in range(5):
        OpeningHours.objects.create(
            centre=centre, weekday=weekday, opens=time(8, 30), closes=time(16)
        )
    return centre


@pytest.fixture(params=[Role.COORDINATOR, Role.LEAD, Role.ADMINISTRATOR])
def staff(client, centre, request):
    at = None if request.param == Role.ADMINISTRATOR else centre
    client.force_login(recipes.staff(request.param, at, name="Turid Tromsø"))
    return client


def page(centre):
    return reverse("admin:centres_centre_holidays", args=[centre.pk])


def answers(response, **changed):
    """The form as it stands, with what is ``changed``, such as ``{"2026-12-24-choice": "own"}``."""
    form = response.context["form"]
    stands = {field.html_name: field.value() or "" for field in form}
    return stands | changed


def test_page_shows_what_the_public_will_read(staff, centre):
    html = staff.get(page(centre)).content.decode()

    assert "«Fredag 25. desember: stengt (første juledag)»" in html
    assert "«Fredag 25. desember: 8.30–16.00 (første juledag)»" in html


def test_public_page_then_says_the_same(staff, centre):
    form = answers(staff.get(page(centre)), **{"2026-12-25-choice": "usual"})

    staff.post(page(centre), form)

    html = staff.get("/sentre/tromso/").content.decode()
    assert "<li>Fredag 25. desember: 8.30–16.00 (første juledag)\n</li>" in html
    assert "<li>Torsdag 24. desember: stengt (julaften)\n</li>" in html


def test_saving_approves_and_is_logged(staff, centre):
    response = staff.post(page(centre), answers(staff.get(page(centre))))

    centre.refresh_from_db()
    assert response.status_code == 302
    assert centre.holidays_approved_until == date(2028, 1, 21)
    assert LogEntry.objects.get().object_id == str(centre.pk)


def test_looking_changes_nothing(staff, centre):
    staff.get(page(centre))

    centre.refresh_from_db()
    assert (centre.holidays_approved_until, centre.opening_exceptions.count()) == (None, 0)


@pytest.mark.parametrize(
    ("opens", "closes"), [("", ""), ("09:00", ""), ("12:00", "09:00"), ("x", "12:00")]
)
def test_own_hours_need_both_ends_in_order(staff, centre, opens, closes):
    odd = {
        "2026-12-24-choice": "own",
        "2026-12-24-opens": opens,
        "2026-12-24-closes": closes,
    }

    response = staff.post(page(centre), answers(staff.get(page(centre)), **odd))

    assert response.context["form"].errors.keys() == {"2026-12-24-opens"}
    assert centre.opening_exceptions.count() == 0


def test_own_hours_are_saved(staff, centre):
    own = {
        "2026-12-24-choice": "own",
        "2026-12-24-opens": "09:00",
        "2026-12-24-closes": "11:30",
    }

    staff.post(page(centre), answers(staff.get(page(centre)), **own))

    row = centre.opening_exceptions.get(first_date=CHRISTMAS_EVE)
    assert (row.opens, row.closes) == (time(9), time(11, 30))


def test_centre_without_hours_is_told_to_write_them_first(staff, centre):
    OpeningHours.objects.all().delete()

    response = staff.get(page(centre))

    assert list(response.context["form"].holidays) == []


@pytest.mark.parametrize("name", ["centres_centre_holidays", "centres_centre_checked"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_centre_answers_as_a_missing_one(client, centre, name, method):
    client.force_login(recipes.staff(Role.COORDINATOR, centre))
    other = open_on_weekdays(recipes.centre("oslo"))

    foreign, missing = (
        getattr(client, method)(reverse(f"admin:{name}", args=[pk])) for pk in (other.pk, 999999)
    )

    assert foreign.status_code == missing.status_code == 302
    assert foreign["Location"].replace(str(other.pk), "PK") == missing["Location"].replace(
        "999999", "PK"
    )
    other.refresh_from_db()
    assert (other.holidays_approved_until, other.verified_on) == (None, None)


def test_button_says_on_the_page_who_checked_it_today(staff, centre):
    staff.post(reverse("admin:centres_centre_checked", args=[centre.pk]))

    centre.refresh_from_db()
    assert (centre.verified_on, centre.verified_by) == (date(2026, 11, 22), "Turid Tromsø")
    html = staff.get("/en/sentre/tromso/").content.decode()
    assert "Checked on 22 November 2026 by Turid Tromsø." in html


def test_opening_the_buttons_address_checks_nothing(staff, centre):
    response = staff.get(reverse("admin:centres_centre_checked", args=[centre.pk]))

    centre.refresh_from_db()
    assert (response.status_code, centre.verified_on) == (302, None)


@pytest.mark.parametrize(
    ("fields", "views"),
    [
        ({}, ["holidays", "unchecked"]),
        ({"verified_on": date(2026, 10, 1)}, ["holidays"]),
        ({"verified_on": date(2026, 5, 1)}, ["holidays", "unchecked"]),
        ({"holidays_approved_until": date(2027, 11, 1)}, ["unchecked"]),
        ({"holidays_approved_until": date(2027, 1, 15)}, ["holidays", "unchecked"]),
        ({"status": CentreStatus.CLOSED, "takes_registrations": False}, []),
        ({"status": CentreStatus.PAUSED, "takes_registrations": False}, ["unchecked"]),
    ],
)
def test_lists_name_the_centres_that_somebody_should_look_at(staff, centre, fields, views):
    Centre.objects.filter(pk=centre.pk).update(**fields)

    found = [
        view
        for view in ("holidays", "unchecked")
        if staff.get(reverse("admin:centres_centre_changelist"), {"view": view})
        .context["cl"]
        .queryset.exists()
    ]

    assert found == views
