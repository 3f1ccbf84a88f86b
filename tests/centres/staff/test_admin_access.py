"""Staff of one centre, and the rows of another."""

from datetime import time

import pytest
from django.contrib import admin
from django.urls import reverse

from centres.models import (
    Article,
    Booking,
    Centre,
    ContactPerson,
    CrisisLine,
    Enquiry,
    Event,
    Invitation,
    Key,
    Municipality,
    OpeningHours,
    Organisation,
    Slot,
    StaffRole,
    Venue,
)
from centres.states import Role, VenueKind
from linkcenter.models import User
from tests import recipes
from tests.centres.rows import rows_of

pytestmark = pytest.mark.django_db

OF_A_CENTRE = [Article, Booking, Centre, Event, Slot, Venue]
# See test_admin_enquiries.py, test_admin_keys.py and test_invitations.py.
OF_WHO_WORKS_THERE = [Enquiry, Invitation, Key]
OF_ADMINISTRATORS = [CrisisLine, Municipality, Organisation, StaffRole, User]


@pytest.fixture
def tromso():
    return recipes.centre("tromso", name="LINK Tromsø")


@pytest.fixture
def foreign():
    """The rows of the centre in Oslo."""
    return rows_of(recipes.centre("oslo", name="LINK Kanarifugl"), "kanarifugl")


@pytest.fixture
def reference():
    return {
        CrisisLine: CrisisLine.objects.create(
            number="113", name_nb="A", who_nb="B", hours_nb="C", position=1
        ),
        Municipality: recipes.municipality("5501", name="Tromsø"),
        Organisation: Organisation.objects.create(name="Stiftelsen"),
        StaffRole: StaffRole.objects.get_or_create(
            user=recipes.staff(Role.ADMINISTRATOR), role=Role.ADMINISTRATOR, centre=None
        )[0],
        User: recipes.staff(Role.STATISTICS),
    }


@pytest.fixture
def coordinator(client, tromso):
    client.force_login(recipes.staff(Role.COORDINATOR, tromso))
    return client


@pytest.fixture
def administrator(client):
    client.force_login(recipes.staff(Role.ADMINISTRATOR))
    return client


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def test_every_model_of_the_centres_is_tried_here():
    registered = {m for m in admin.site._registry if m._meta.app_label == "centres"}

    assert registered == {*OF_A_CENTRE, *OF_WHO_WORKS_THERE, *OF_ADMINISTRATORS} - {User}


@pytest.mark.parametrize("model", OF_A_CENTRE)
def test_list_holds_own_rows_only(coordinator, tromso, foreign, model):
    own = rows_of(tromso, "eget")

    response = coordinator.get(address(model, "changelist"))

    assert list(response.context["cl"].queryset) == [own[model]]
    assert b"anarifugl" not in response.content


@pytest.mark.parametrize("model", OF_A_CENTRE)
@pytest.mark.parametrize("page", ["change", "delete", "history"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_foreign_row_answers_like_a_missing_one(coordinator, foreign, model, page, method):
    def answer(number):
        same = {"X-Request-ID": "0" * 32}  # a refusal shows a code of the request
        response = getattr(coordinator, method)(address(model, page, number), headers=same)
        text = response.content.decode().replace(f"/{number}/", "/NUMBER/")
        return response.status_code, response.headers.get("Location"), text

    there, missing = answer(foreign[model].pk), answer(foreign[model].pk + 1000)

    assert there == missing
    assert model.objects.filter(pk=foreign[model].pk).exists()


@pytest.mark.parametrize("model", [Article, Event, Venue])
def test_forms_offer_no_foreign_centre(coordinator, tromso, foreign, model):
    form = coordinator.get(address(model, "add")).context["adminform"].form

    assert list(form.fields["centre"].queryset) == [tromso]


def test_form_for_a_weekly_time_offers_no_foreign_room(coordinator, tromso, foreign):
    own = recipes.venue(tromso)

    form = coordinator.get(address(Slot, "add")).context["form"]

    assert list(form.fields["venue"].queryset) == [own]


def test_row_cannot_be_given_to_a_foreign_centre(coordinator, tromso, foreign):
    oslo = foreign[Centre]
    venue = recipes.venue(tromso)

    response = coordinator.post(
        address(Venue, "change", venue.pk),
        {"centre": oslo.pk, "kind": VenueKind.ROOM, "name": "Rom", "capacity": 8},
    )

    venue.refresh_from_db()
    assert response.context["adminform"].form.errors.keys() == {"centre"}
    assert venue.centre == tromso


def test_row_cannot_be_left_without_a_centre(coordinator):
    response = coordinator.post(
        address(Venue, "add"),
        {"kind": VenueKind.LICENCE, "provider": "Whereby", "name": "Rom", "capacity": 8},
    )

    assert response.context["adminform"].form.errors.keys() == {"centre"}


@pytest.mark.parametrize("model", [Article, Event, Venue])
def test_filters_show_no_foreign_centre(coordinator, tromso, foreign, model):
    second = recipes.centre("lyngen", name="LINK Lyngen")
    StaffRole.objects.create(
        user=User.objects.get(), role=Role.LEAD, centre=second
    )  # one choice alone is no filter
    rows_of(tromso, "own")  # nor is there one beside an empty list

    html = coordinator.get(address(model, "changelist")).content.decode()

    assert ("LINK Lyngen" in html, "Kanarifugl" in html) == (True, False)


@pytest.mark.parametrize(
    "lookup",
    ["name__startswith", "centre__name__startswith", "centre__staff_roles__user__email", "door"],
)
def test_lookups_cannot_be_used_to_guess(coordinator, foreign, lookup):
    assert coordinator.get(address(Venue, "changelist"), {lookup: "K"}).status_code == 400


def test_row_of_another_centre_cannot_be_moved_by_an_inline(coordinator, tromso, foreign):
    theirs = OpeningHours.objects.create(
        centre=foreign[Centre], weekday=0, opens=time(9), closes=time(10)
    )
    form = coordinator.get(address(Centre, "change", tromso.pk)).context["adminform"].form
    data = {name: "" if value is None else value for name, value in form.initial.items()}
    for formset in ("opening_exceptions", "people", "partnerships"):
        data |= {f"{formset}-TOTAL_FORMS": 0, f"{formset}-INITIAL_FORMS": 0}
    data |= {
        "phones": "",
        "opening_hours-TOTAL_FORMS": 1,
        "opening_hours-INITIAL_FORMS": 1,
        "opening_hours-0-id": theirs.pk,
        "opening_hours-0-centre": tromso.pk,
        "opening_hours-0-weekday": 0,
        "opening_hours-0-opens": "11:00",
        "opening_hours-0-closes": "12:00",
        "opening_hours-0-kind": "drop_in",
    }

    coordinator.post(address(Centre, "change", tromso.pk), data)

    theirs.refresh_from_db()
    assert (theirs.centre, theirs.opens) == (foreign[Centre], time(9))


def test_coordinator_cannot_change_what_is_decided_above(coordinator, tromso):
    page = coordinator.get(address(Centre, "change", tromso.pk)).context["adminform"]

    assert {"takes_registrations", "municipalities", "status"}.isdisjoint(page.form.fields)
    assert {"phones", "description_nb", "notice_nb"} <= set(page.form.fields)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEAD])
@pytest.mark.parametrize("model", OF_ADMINISTRATORS)
@pytest.mark.parametrize("page", ["changelist", "add"])
def test_reference_data_and_staff_are_the_administrators(client, tromso, role, model, page):
    client.force_login(recipes.staff(role, tromso))

    assert client.get(address(model, page)).status_code == 403


@pytest.mark.parametrize("model", OF_ADMINISTRATORS)
def test_administrator_opens_reference_data_and_staff(administrator, reference, model):
    pages = [
        address(model, "changelist"),
        address(model, "change", reference[model].pk),
        address(model, "add"),
    ]

    *shown, added = [administrator.get(page).status_code for page in pages]

    assert shown == [200, 200]
    assert added == (403 if model is User else 200)  # a colleague is invited


@pytest.mark.parametrize("model", OF_A_CENTRE)
def test_administrator_opens_the_rows_of_all_centres(administrator, foreign, model):
    response = administrator.get(address(model, "change", foreign[model].pk))

    assert response.status_code == 200


def test_statistics_opens_nothing(client):
    client.force_login(recipes.staff(Role.STATISTICS))

    assert client.get(address(Venue, "changelist")).status_code == 302


def test_role_taken_away_closes_at_the_next_click(coordinator, tromso):
    StaffRole.objects.all().delete()

    assert coordinator.get(address(Venue, "changelist")).status_code == 302


def test_account_shut_closes_at_the_next_click(coordinator):
    User.objects.update(is_active=False)

    assert coordinator.get(address(Venue, "changelist")).status_code == 302


def test_nothing_is_deleted_in_bulk(coordinator, tromso, foreign):
    own = rows_of(tromso, "eget")

    coordinator.post(
        address(Event, "changelist"),
        {
            "action": "delete_selected",
            "_selected_action": [own[Event].pk, foreign[Event].pk],
            "select_across": 1,
            "post": "yes",
        },
    )

    assert set(Event.objects.all()) == {own[Event], foreign[Event]}


def test_person_on_a_page_of_another_centre_is_not_shown(coordinator, foreign):
    ContactPerson.objects.create(centre=foreign[Centre], name="Kanarifugl")

    assert b"Kanarifugl" not in coordinator.get(address(Centre, "changelist")).content
