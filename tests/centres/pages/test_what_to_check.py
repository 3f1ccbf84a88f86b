"""What staff are told to check about their centre, until they have said that the page is right."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from centres.domain.pages.page_checks import TOO_LONG_AGO, confirm_page, what_to_check
from centres.states import CentreStatus, Role
from tests import recipes

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


def test_page_that_nobody_has_checked_has_doubts_and_lacks_hours() -> None:
    centre = recipes.centre(doubts="Is the number right?\n\nWhere is the door?", verified_on=None)

    found = what_to_check(centre, today=TODAY)

    assert found[:2] == ["Is the number right?", "Where is the door?"]
    assert len(found) == 4


@pytest.mark.parametrize(("days", "told"), [(0, False), (1, True)])
def test_page_is_to_be_read_again_after_half_a_year(days: int, told: bool) -> None:
    centre = recipes.centre()
    confirm_page(centre, actor=recipes.staff(Role.LEAD, centre, name="Kari Ek"), today=TODAY)
    fresh = what_to_check(centre, today=TODAY)

    later = what_to_check(centre, today=TODAY + TOO_LONG_AGO + timedelta(days=days))

    centre.refresh_from_db()
    assert (centre.verified_on, centre.verified_by) == (TODAY, "Kari Ek")
    assert len(later) - len(fresh) == told


def test_closed_centre_has_nothing_to_check_but_its_doubts() -> None:
    centre = recipes.centre(
        status=CentreStatus.CLOSED, takes_registrations=False, doubts="When did it close?"
    )

    assert what_to_check(centre, today=TODAY) == ["When did it close?"]


def test_page_of_a_centre_warns_of_what_is_not_confirmed(client):
    centre = recipes.centre(doubts="Postnummeret 9236 står ikke i noe register.")
    client.force_login(recipes.staff(Role.COORDINATOR, centre))

    html = client.get(reverse("admin:centres_centre_change", args=[centre.pk])).content

    assert "Postnummeret 9236 står ikke i noe register." in html.decode()
