"""The main job of the product, from somebody's interest to a group that has run its course."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone
from time_machine import travel

from centres.models import Booking, Centre
from centres.states import Role
from groups.models import SelfHelpGroup
from groups.states import GroupEndReason, GroupState, SeatState
from groups.tasks import expire_unanswered_seats
from linkcenter.messages.drafts import mark_stale
from linkcenter.models import Message, MessageState
from participants.domain.intake.talks import record_talk
from participants.domain.person.consents import Agreement
from participants.domain.person.contact import Person
from participants.domain.registration.interest import Interest
from participants.domain.registration.register import register_interest
from participants.models import PersonalLink, Registration
from participants.states import (
    ConsentPurpose,
    LinkPurpose,
    RegistrationState,
    TalkKind,
    TalkOutcome,
)
from tests import recipes
from tests.journeys import desk, resident
from tests.journeys.conftest import link_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CENTRE = "LINK Tromsø og Omegn"
PASSWORD = "prov-link"
TUESDAY = "tirsdag kveld"


@pytest.fixture
def tromso(country):
    """The centre with a member of staff, a room and an initiator; and a colleague in Oslo."""
    centre = Centre.objects.get(slug="link-tromso")
    centre.verified_on = timezone.localdate()
    centre.holidays_approved_until = timezone.localdate() + timedelta(days=365)
    centre.save()
    recipes.staff(Role.COORDINATOR, centre, email="turid@example.org", name="Turid")
    oslo = Centre.objects.get(slug="link-oslo")
    recipes.staff(Role.COORDINATOR, oslo, email="olav@example.org", name="Olav")
    recipes.venue(centre, name="Stua", capacity=8, step_free=True)
    recipes.initiator(centre)
    return centre


def somebody_waits(centre, name, *, email=True, times=("tue-evening",)):
    """Somebody who came another day, by the same acts and without the pages; their reference."""
    registration = register_interest(
        centre,
        person=Person(
            name=name,
            email=f"{name.lower()}@example.org" if email else None,
            phone=None if email else "+4788000001",
        ),
        interest=Interest(format="physical", availability=times),
        agreement=Agreement(purposes={ConsentPurpose.CONTACT}),
    )
    staff = centre.staff_roles.get().user
    record_talk(registration, kind=TalkKind.RANG, outcome=TalkOutcome.READY, by=staff)
    return registration.participant.reference


def test_from_interest_to_a_group_that_has_run_its_course(tromso, window, worker):
    # A resident finds the centre by municipality and registers.
    kari = window
    resident.find_the_centre(kari, municipality="Tromsø", centre=CENTRE)
    assert "413 33 186" in kari.text()
    reference = resident.register(
        kari, name="Kari", email="kari@example.org", theme="Sorg og tap", week_slot=TUESDAY
    )
    (receipt,) = worker()
    assert receipt.to == ["kari@example.org"]
    assert reference in receipt.body

    # Staff see it today, try in vain, and talk with her the next time.
    turid = window.another()
    desk.log_in(turid, "turid@example.org", PASSWORD)
    assert desk.needs_today(turid) == {"registration: new": 1}
    desk.open_person(turid, reference)
    desk.record_contact(turid, did="Prøvde å nå", outcome="Ikke svar")
    desk.record_contact(turid, did="Snakket på telefon", outcome="Klar for en gruppe")
    assert desk.needs_today(turid) == {"registration: waiting": 1}

    # Staff of another centre do not learn that she exists.
    olav = window.another()
    desk.log_in(olav, "olav@example.org", PASSWORD)
    assert desk.references_on_the_list(olav) == []
    pk = Registration.objects.get().pk
    assert desk.answer_to(olav, "participants/registration", pk) == desk.answer_to(
        olav, "participants/registration", 987654
    )

    # Others wait, and staff ask for proposals.
    ola, berit, inga, eva = (
        somebody_waits(tromso, name) for name in ("Ola", "Berit", "Inga", "Eva")
    )
    nils = somebody_waits(tromso, "Nils", email=False)
    siv = somebody_waits(tromso, "Siv", times=["wed-evening"])
    worker()
    desk.ask_for_proposals(turid, worker)
    assert "Tirsdag kveld: 6 personer" in turid.text()
    assert f"{reference} Kari" in turid.text()
    assert "Stua" in turid.text()
    desk.put_the_first_proposal_together(turid)
    assert desk.people_in_the_group(turid) == {reference, ola, berit, inga, eva, nils}

    # They change the group and ask everybody. Who has no e-mail is to be rung.
    desk.add(turid, siv)
    desk.take_out(turid, inga)
    desk.add(turid, inga)
    turid.press("Spør 7 personer")
    assert "7 personer er spurt." in turid.text("body")
    mails = {mail.to[0].partition("@")[0]: mail for mail in worker()}
    assert set(mails) == {"kari", "ola", "berit", "inga", "eva", "siv"}
    for mail in mails.values():
        assert mail.subject == "Et spørsmål til deg"
        assert "sorg" not in mail.body.lower()
        message = Message.objects.get(message_id=mail.extra_headers["Message-ID"])
        assert (message.to, message.state) == (mail.to[0], MessageState.SENT)
    mark_stale()  # as it is every ten minutes: the receipt for Nils speaks of a talk that has been
    assert desk.needs_today(turid)["message: by-hand"] == 1

    # To look at an invitation changes nothing, however often mail programs do it.
    hers = link_in(mails["kari"])
    assert kari.page.request.head(hers).status == 200
    resident.open_invitation(kari, hers)
    assert "Ola" not in kari.text()
    assert PersonalLink.objects.live().filter(purpose=LinkPurpose.ANSWER).count() == 6

    # Each answers alone.
    others = window.another()
    with kari.page.expect_request(lambda request: request.method == "POST") as posted:
        resident.say_yes(kari, hers)
    assert posted.value.all_headers()["origin"] == kari.url  # as test clients never do
    resident.say_yes(others, link_in(mails["ola"]))
    resident.say_yes(others, link_in(mails["berit"]))
    resident.ask_for_another_time(others, link_in(mails["inga"]), week_slot="lørdag formiddag")
    resident.say_no(others, link_in(mails["siv"]))
    desk.open_the_group(turid)
    turid.press(f"{nils} sier ja")
    assert "message: by-hand" not in desk.needs_today(turid)
    resident.find_the_link_closed(kari, hers)
    resident.find_the_link_closed(kari, f"/svar/{'x' * 43}/")

    # A week later one has not answered. Enough said yes, and staff settle the group.
    with travel(datetime.now(UTC) + timedelta(days=8)):
        resident.find_the_link_closed(kari, link_in(mails["eva"]))
        expire_unanswered_seats(timestamp=0)
        desk.log_in(turid, "turid@example.org", PASSWORD)
        desk.open_the_group(turid)
        turid.press("Avtal oppstart")
        assert "Oppstarten er avtalt." in turid.text("body")
        told = {(mail.to[0].partition("@")[0], mail.subject) for mail in worker()}
        assert told == {
            ("igangsetter", "Tid og sted for deg som hjelper"),
            ("eva", "Du står fortsatt på lista"),
            *((name, "Tid og sted er klart") for name in ("kari", "ola", "berit")),
        }
    group = SelfHelpGroup.objects.get()
    assert group.seats.filter(state=SeatState.YES).count() == 4
    assert Booking.objects.taking_the_venue().filter(slot__group=group).count() > 40
    assert group.first_date is not None
    assert Registration.objects.filter(state=RegistrationState.WAITING).count() == 7

    # The start meeting, the hand-over, and in the end the end: each is one act.
    with travel(datetime.combine(group.first_date, time(21), UTC)):
        desk.log_in(turid, "turid@example.org", PASSWORD)
        assert desk.needs_today(turid)["selfhelpgroup: starting"] == 1
        desk.open_the_group(turid)
        turid.write("Dag", str(group.first_date))
        turid.choose("Alle har skrevet under på taushetserklæringen (valgfritt)")
        turid.press("Oppstartsmøtet er holdt")
        of_contact = turid.page.get_by_role("group", name="Hvem har sagt ja")
        of_contact.get_by_role("radio").first.check()
        turid.press("Overlat gruppa til deltakerne")
        assert "Gruppa driver seg selv nå." in turid.text("body")
        turid.unfold("Avslutt gruppa")
        turid.choose("gruppa var ferdig")
        turid.page.get_by_label("Ja, gruppa er avsluttet").check()
        turid.press("Avslutt gruppa")
        assert desk.timeline(turid) == [
            "Gruppa ble satt sammen ut fra et forslag",
            "En person ble lagt til",
            "En person ble tatt ut",
            "En person ble lagt til",
            "Deltakerne ble spurt",
            "Oppstarten ble avtalt",
            "Oppstartsmøtet ble holdt",
            "Ny kontaktperson",
            "Overlatt til deltakerne: driver seg selv",
            "Gruppa ble avsluttet",
        ]
    group.refresh_from_db()
    assert (group.state, group.end_reason) == (GroupState.ENDED, GroupEndReason.FINISHED)

    # Every move is in her timeline, every message in the outbox, and the others wait on.
    done = Registration.objects.get(pk=pk)
    assert list(done.activities.order_by("pk").values_list("what", flat=True)) == [
        "registered",
        "talked",
        "talked",
        "ready",
        "seat_proposed",
        "seat_asked",
        "seat_yes",
        "seat_placed",
        "seat_left",
        "closed",
    ]
    told = done.participant.messages.order_by("pk").values_list("kind", "state")
    assert list(told) == [
        *((kind, "sent") for kind in ("receipt", "asked", "settled")),
        ("handed_over_contact", "cancelled"),  # it ended before the worker came to it
        ("ended", "queued"),
    ]
    assert Registration.objects.filter(state=RegistrationState.WAITING).count() == 3
