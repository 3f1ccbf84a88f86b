"""Somebody asks a centre, staff answer, and what was written is taken off the lists."""

import pytest

from centres.models import Centre, Enquiry
from centres.states import Role
from tests import recipes
from tests.journeys import desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "prov-link"
QUESTION = "Koster det noe?"


@pytest.fixture
def tromso(country):
    centre = Centre.objects.get(slug="link-tromso")
    recipes.staff(Role.COORDINATOR, centre, email="turid@example.org", name="Turid")
    return centre


def test_question_is_asked_answered_and_done(window, tromso, worker):
    window.open("/bli-med/")
    window.follow("Spør oss")

    # Nothing is filled in: focus is on what to do, and what was typed stays.
    window.write("Hva kan vi kalle deg?", "Kari")
    window.page.wait_for_timeout(2_100)  # nobody reads and writes in less
    window.press("Send spørsmålet")
    summary = window.page.locator("#error-summary")
    assert summary.evaluate("element => element === document.activeElement")
    assert window.page.get_by_label("Hva kan vi kalle deg?").input_value() == "Kari"

    # With the keyboard alone, from the first field to the button.
    window.page.get_by_label("Hva vil du spørre om?").focus()
    for typed in (QUESTION, "Tromsø", "", "", "", "kari@example.org"):
        window.page.keyboard.type(typed)
        window.page.keyboard.press("Tab")
    window.page.keyboard.press("Enter")
    window.page.wait_for_url("**/takk/**")
    window.look()
    assert window.heading == "Takk. Vi har fått meldingen din."
    assert tromso.name in window.text()
    assert [mail.subject for mail in worker()] == ["Vi har fått meldingen din"]

    staff = window.another()
    desk.log_in(staff, "turid@example.org", PASSWORD)
    assert desk.needs_today(staff)["enquiry: open"] == 1
    staff.open("/admin/centres/enquiry/?view=open")
    staff.page.locator("#result_list tbody th a").click()
    staff.look()
    assert QUESTION in staff.text()
    staff.press("Det er tatt hånd om")
    assert desk.timeline(staff) == ["Kom inn", "Åpnet", "Tatt hånd om"]
    assert not Enquiry.objects.open().exists()

    # Somebody rings meanwhile: two choices are enough to count it.
    staff.open("/admin/centres/enquiry/add/")
    staff.choose("Telefon")
    staff.press("Lagre")
    assert Enquiry.objects.handled().count() == 2
