"""The start of a group in the admin: who helps, sheets, what was signed, how many came."""

from datetime import UTC, date, datetime, timedelta

import pytest
from time_machine import travel

from centres.models import Booking
from centres.states import EnquiryKind, Role
from groups.domain.initiators import helping
from groups.models import Initiator, Seat
from groups.states import GroupActivity, InitiatorActivity, SettledFormat
from linkcenter.models import Activity, Message
from participants.models import Participant, ReadLog
from participants.states import Door
from tests import recipes

NOW = datetime(2026, 11, 24, 20, tzinfo=UTC)
GROUP = "/admin/groups/selfhelpgroup"
LIST = "/admin/groups/initiator"


@pytest.fixture(autouse=True)
def evening():
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


def post(desk, address, **answers):
    return desk.post(address, answers, follow=True)


# Who helps


def test_who_can_help_at_that_time_comes_first_and_is_put_on_and_taken_off(desk, forming, centre):
    late = recipes.initiator(centre, name="Aslak Annantid", availability=["mon-morning"])
    fits = recipes.initiator(centre, name="Fia Fin", digital=True)
    recipes.initiator(centre, name="Ubrukt", agreement_on=None)

    page = desk.get(f"{GROUP}/{forming.pk}/change/").text
    post(desk, f"{GROUP}/{forming.pk}/initiators/", initiator=fits.pk)
    wrong = post(desk, f"{GROUP}/{forming.pk}/initiators/", initiator=999)

    assert page.index("Fia Fin: 0 av 1 grupper; Norsk; også på video") < page.index(late.name)
    assert "Ubrukt" not in page
    assert list(forming.initiators.all()) == [fits]
    assert "Velg en fra lista." in wrong.text
    assert Message.objects.to(fits).get().kind == "initiator_asked"

    post(desk, f"{GROUP}/{forming.pk}/initiators/{fits.pk}/take-off/")
    assert forming.initiators.count() == 0


def test_initiator_from_the_proposal_is_asked_by_a_button(desk, forming, centre):
    helper = recipes.initiator(centre)
    forming.initiators.add(helper)

    first = post(desk, f"{GROUP}/{forming.pk}/initiators/tell/")
    again = post(desk, f"{GROUP}/{forming.pk}/initiators/tell/")

    assert "1 igangsetter får vite det." in first.text
    assert "De vet allerede hva som gjelder nå." in again.text
    assert Message.objects.to(helper).count() == 1


# Sheets


def test_start_sheet_shows_what_members_allowed_and_who_looked(desk, settled, staff):
    one, two, three = settled.seats.members()
    Participant.objects.update(phone="+4748123456")
    Seat.objects.filter(pk=one.pk).update(shared_name="Lerka", shares_phone=True, shared_at=NOW)
    Seat.objects.filter(pk=two.pk).update(shared_name="Ugla", shared_at=NOW)
    recipes.key(
        settled.slot.venue,
        number="K7",
        holder="Nøkkel-Nina",
        since=date(2026, 11, 20),
        slot=settled.slot,
    )

    page = desk.get(f"{GROUP}/{settled.pk}/start-sheet/").text

    assert "Lerka" in page
    assert "Ugla" in page
    assert page.count("481 23 456") == 1
    assert page.count("En til") == 1
    assert "K7" in page
    assert "Nøkkel-Nina" in page
    assert three.registration.participant.name not in page
    readers = ReadLog.objects.filter(reader=staff, door=Door.GROUP)
    assert readers.count() == 3


def test_start_sheet_of_a_group_on_video_asks_for_the_link_and_no_coffee(desk, settled):
    in_person = desk.get(f"{GROUP}/{settled.pk}/start-sheet/").text
    settled.format = SettledFormat.DIGITAL
    settled.save(update_fields=["format"])
    on_video = desk.get(f"{GROUP}/{settled.pk}/start-sheet/").text

    assert "kaffe, te og vann" in in_person
    assert "lenken til videomøtet" not in in_person
    assert "kaffe, te og vann" not in on_video
    assert "lenken til videomøtet" in on_video


def test_form_to_sign_names_nobody(desk, settled):
    names = list(Participant.objects.values_list("name", flat=True))

    page = desk.get(f"{GROUP}/{settled.pk}/promise/").text

    assert "Jeg forteller ingen hvem som er i gruppa." in page
    assert page.count("<tr><td>") == settled.max_size
    assert [name for name in names if name in page] == []


# What was done


def test_start_meeting_that_is_written_down_late_was_on_its_own_day(desk, settled, staff):
    with travel(NOW + timedelta(days=3), tick=False):
        desk.force_login(staff)
        page = desk.get(f"{GROUP}/{settled.pk}/change/")

    start = next(form for form in page.context["forms"].values() if form.key == "start")
    assert start.initial == {"held_on": settled.first_date}


def test_day_of_signing_is_kept_later_and_nothing_else(desk, started):
    started.confidentiality_signed_on = None
    started.started_on = date(2026, 11, 24)
    started.save()

    ahead = post(desk, f"{GROUP}/{started.pk}/signed/", signed_on="2026-12-24")
    post(desk, f"{GROUP}/{started.pk}/signed/", signed_on="2026-11-24")

    started.refresh_from_db()
    changed = Activity.objects.filter(group=started, what=GroupActivity.CHANGED).get()
    assert "Det er jo skrevet under." in ahead.text
    assert started.confidentiality_signed_on == date(2026, 11, 24)
    assert changed.fields == ["confidentiality_signed_on"]


def test_staff_report_a_meeting_and_a_wrong_number_is_kept(desk, settled):
    meeting = Booking.objects.filter(slot=settled.slot).first()
    address = f"{GROUP}/{settled.pk}/report/"

    wrong = desk.post(address, {"meeting": meeting.pk, "did": "held", "head_count": "40"})
    post(desk, address, meeting=meeting.pk, did="held", head_count="4")

    meeting.refresh_from_db()
    assert 'value="40"' in wrong.text
    assert "fra 1 til 9" in wrong.text
    assert meeting.head_count == 4
    assert desk.post(address, {"meeting": "9" * 5000}).status_code == 404


# The list of initiators


def test_person_and_writer_become_untrained_initiators_once_and_with_their_yes(desk, centre):
    person = recipes.waiting(centre, {"name": "Kari", "phone": "+4748123456"}, would_initiate=True)
    enquiry = recipes.enquiry(centre, kind=EnquiryKind.INITIATOR, name="Per", email="per@x.no")
    shown = desk.get(f"/admin/participants/registration/{person.pk}/change/").text

    without = post(desk, f"{LIST}/from-person/{person.pk}/")
    for address in (f"{LIST}/from-person/{person.pk}/", f"{LIST}/from-enquiry/{enquiry.pk}/"):
        post(desk, address, agreed="on")
    twice = post(desk, f"{LIST}/from-person/{person.pk}/", agreed="on")

    enquiry.refresh_from_db()
    made = Initiator.objects.order_by("pk")
    assert f"{LIST}/from-person/{person.pk}/" in shown
    assert "Kryss av når de har sagt ja." in without.text
    assert [(each.name, each.trained_on) for each in made] == [("Kari", None), ("Per", None)]
    assert made[0].phone == "+4748123456"
    assert enquiry.handled_at is not None
    assert "står allerede på lista" in twice.text
    assert Activity.objects.filter(registration=person, what=InitiatorActivity.ENLISTED).exists()
    tab = desk.get("/admin/participants/registration/?view=would-help")
    assert tab.context["cl"].result_count == 0


def test_tabs_hold_each_kind_of_initiator(desk, centre):
    recipes.initiator(centre, name="Ledig")
    recipes.group(centre).initiators.add(recipes.initiator(centre, name="Opptatt"))
    recipes.initiator(centre, name="Interessert", trained_on=None, agreement_on=None)
    recipes.initiator(centre, name="Uten avtale", agreement_on=None)
    recipes.initiator(centre, name="Sluttet", active=False)

    tabs = {
        slug: [row.name for row in desk.get(f"{LIST}/?view={slug}").context["cl"].result_list]
        for slug in ("available", "at-work", "untrained", "no-agreement", "inactive")
    }

    assert list(tabs.values()) == [
        ["Ledig"],
        ["Opptatt"],
        ["Interessert"],
        ["Uten avtale"],
        ["Sluttet"],
    ]


def test_who_stops_is_deleted_after_a_year_with_all_that_was_theirs(desk, centre, staff):
    helper = recipes.initiator(centre)
    helping.send_new_link(helper, actor=staff)
    form = {"centre": centre.pk, "name": "Inga", "email": "i@example.org", "languages": ["no"]}

    desk.post(f"{LIST}/{helper.pk}/change/", {**form, "max_groups": 1, "language": "nn"})
    helper.refresh_from_db()
    desk.post(f"{LIST}/{helper.pk}/delete/", {"post": "yes"})

    assert helper.inactive_since == date(2026, 11, 24)
    assert not Initiator.objects.exists()
    assert not Message.objects.exists()


def test_another_centres_initiator_and_group_are_not_there(client, forming, settled, centre):
    helper = recipes.initiator(centre)
    person = recipes.waiting(centre, would_initiate=True)
    client.force_login(recipes.staff(Role.COORDINATOR, recipes.centre()))
    addresses = [
        *(f"{GROUP}/{settled.pk}/{act}/" for act in ("start-sheet", "promise")),
        f"{LIST}/from-person/{person.pk}/",
    ]
    acts = [
        *(f"{GROUP}/{forming.pk}/{act}/" for act in ("initiators", "initiators/tell", "report")),
        f"{GROUP}/{forming.pk}/initiators/{helper.pk}/take-off/",
        f"{LIST}/{helper.pk}/link/",
        f"{LIST}/{helper.pk}/close-link/",
    ]

    assert {client.get(address).status_code for address in addresses} == {404}
    assert {client.post(address).status_code for address in [*addresses, *acts]} == {404}
