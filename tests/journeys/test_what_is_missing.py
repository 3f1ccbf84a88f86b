"""From proposals that place nobody, by one question to one person, to a group."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from centres.models import Centre
from centres.states import Role
from groups.models import Question, SelfHelpGroup
from participants.models import Registration
from tests import recipes
from tests.journeys import desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CENTRE = "LINK Tromsø og Omegn"


@pytest.fixture
def tromso(country) -> Centre:
    """Three who can on Wednesday evenings, and Kari, who is like them but for that."""
    centre = Centre.objects.get(slug="link-tromso")
    centre.verified_on = timezone.localdate()
    centre.holidays_approved_until = timezone.localdate() + timedelta(days=365)
    centre.save()
    recipes.staff(Role.COORDINATOR, centre, email="turid@example.org", name="Turid")
    recipes.venue(centre, name="Stua")
    recipes.initiator(centre, availability=["wed-evening"])
    for _number in range(3):
        recipes.waiting(centre, availability=["wed-evening"])
    kari = {"name": "Kari", "email": "kari@example.org"}
    recipes.waiting(centre, kari, availability=["mon-evening"])
    return centre


def test_from_what_is_missing_to_a_group(tromso, window, worker):
    turid, kari = window, window.another()
    desk.log_in(turid, "turid@example.org", "prov-link")

    # Nobody can be placed: one more is missing, and Kari is the one to ask.
    desk.ask_for_proposals(turid, worker)
    assert "0 av 4" in turid.text()
    turid.follow(re.compile("^Se hva som mangler"))
    assert turid.heading == "Hva som mangler"
    assert "Onsdag kveld: mangler 1 person til" in turid.text()
    assert "Det ville gi 4 personer plass." in turid.text()
    reference = Registration.objects.order_by("pk").last().participant.reference
    turid.choose(f"{reference} Kari: onsdag kveld")
    turid.press("Spør om onsdag kveld")
    assert "1 person er spurt." in turid.text("#container")

    # Why she has no place says the same, and that she has been asked.
    turid.open(f"/admin/groups/matchrun/why/{Question.objects.get().registration_id}/")
    assert "onsdag kveld: 3 andre" in turid.text()
    turid.open("/admin/groups/matchrun/waits/")
    assert reference in turid.text()

    # Kari reads the question and says yes. To look changes nothing.
    (mail,) = worker()
    (path,) = set(re.findall(r"/svar/sporsmal/[A-Za-z0-9_-]+/", mail.body))
    assert "onsdag" not in mail.subject + mail.body
    kari.open(path)
    assert "Kan du også møtes onsdag kveld?" in kari.text()
    assert Question.objects.get().is_open
    kari.press("Ja, det passer også")
    assert "dette også passer" in kari.text()
    kari.open_closed_door(path)

    # The start page says so; the next proposals have her with them, and become a group.
    turid.open("/admin/")
    assert "person som har sagt ja til et spørsmål" in turid.text()
    desk.ask_for_proposals(turid, worker)
    assert "4 av 4" in turid.text()
    turid.follow(re.compile("^Alt om forslaget onsdag kveld"))
    assert reference in turid.text()
    desk.put_the_first_proposal_together(turid)
    assert SelfHelpGroup.objects.get().seats.count() == 4
