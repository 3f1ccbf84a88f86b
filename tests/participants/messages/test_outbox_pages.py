"""Staff read what goes before it goes, write themselves, print, ring, and tick off."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as sent
from django.urls import reverse

from centres.states import Role
from groups.domain.asking import asking
from linkcenter.messages import drafts, outbox
from linkcenter.models import Channel, Message, MessageState, WaitsBecause
from participants.domain.messages.acts import draft
from participants.domain.person.contact import change_contact, person_of
from tests import recipes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)
ADDRESS = "Kari Nordmann\nStorgata 1\n9008 Tromsø"
WRITE = reverse("admin:linkcenter_message_write")


@pytest.fixture
def centre():
    return recipes.centre(greeting_nb="Kjære", signature_nb="Oss på senteret")


@pytest.fixture
def desk(client, centre):
    client.force_login(recipes.staff(Role.COORDINATOR, centre))
    return client


def waits(centre, **person):
    return recipes.waiting(centre, {"name": "Kari Nordmann"} | person).participant


def act(desk, name, message):
    return desk.post(reverse(f"admin:linkcenter_message_{name}", args=[message.pk]), follow=True)


@pytest.mark.parametrize(
    ("way", "fields", "channel"),
    [
        ("email", {}, Channel.EMAIL),
        ("phone", {"phone": "+4741234567"}, Channel.CALL),
        ("sms", {"phone": "+4741234567"}, Channel.SMS),
        ("letter", {"postal_address": ADDRESS}, Channel.LETTER),
        ("letter", {}, Channel.EMAIL),
        ("email", {"email": None, "postal_address": ADDRESS}, Channel.LETTER),
        ("email", {"email_refused_on": NOW, "phone": "+4741234567"}, Channel.CALL),
    ],
)
def test_person_is_reached_the_way_they_asked_for_if_it_is_open(centre, way, fields, channel):
    assert waits(centre, preferred_way=way, **fields).channel == channel


def test_written_text_is_previewed_kept_and_sent(desk, centre):
    person = waits(centre)
    to = f"{WRITE}?to={person.registrations.get().pk}"
    answers = {"kind": "own_words", "words": "Vi har fått ny dør."}

    preview = desk.post(to, answers).content.decode()

    assert "Kjære Kari" in preview
    assert "Vi har fått ny dør." in preview
    assert Message.objects.count() == 0

    desk.post(to, answers | {"sure": "1"})

    message = Message.objects.get()
    assert (message.state, message.waits_because) == (MessageState.DRAFT, WaitsBecause.WRITTEN)
    act(desk, "send", message)
    outbox.send(message.pk, last_try=False)
    assert "Vi har fått ny dør." in sent.outbox[0].body


def test_nobody_else_is_written_to(desk, centre):
    other = waits(recipes.centre())

    page = desk.get(f"{WRITE}?to={other.registrations.get().pk}")

    assert page.status_code == 404


def test_second_message_to_the_same_person_waits_for_the_first(desk, centre):
    people = [waits(centre), waits(centre)]
    draft(people[0], kind="call_us")
    to = "&".join(f"to={person.registrations.get().pk}" for person in people)

    desk.post(f"{WRITE}?{to}", {"kind": "call_us", "words": "", "sure": "1"})

    assert sorted(m.recipient_id for m in Message.objects.all()) == sorted(p.pk for p in people)


def test_draft_is_changed_but_keeps_its_link(desk, centre):
    message = draft(waits(centre), kind="call_us")
    address = reverse("admin:linkcenter_message_edit", args=[message.pk])

    page = desk.post(address, {"text": "Hei uten lenke"}).content.decode()
    message.refresh_from_db()
    assert "Hei uten lenke" in page
    assert "Hei uten lenke" not in message.text

    desk.post(address, {"text": f"Hei {outbox.GAP}"})
    message.refresh_from_db()
    assert message.text == f"Hei {outbox.GAP}"


def test_opening_a_message_changes_nothing(desk, centre):
    message = draft(waits(centre), kind="call_us")

    for name in ("send", "drop", "renew", "told", "edit"):
        desk.get(reverse(f"admin:linkcenter_message_{name}", args=[message.pk]))

    message.refresh_from_db()
    assert message.state == MessageState.DRAFT


def test_changed_address_makes_a_draft_stale_until_it_is_renewed(desk, centre):
    person = waits(centre)
    message = draft(person, kind="call_us")

    change_contact(person, person=person_of(person, email="ny@example.org"))

    message.refresh_from_db()
    assert message.stale
    with pytest.raises(drafts.OutOfDate):
        drafts.release(message)

    act(desk, "renew", message)

    fresh = Message.objects.get(state=MessageState.DRAFT)
    assert (fresh.to, fresh.stale) == ("ny@example.org", False)
    assert fresh.pk != message.pk


def test_worker_holds_back_what_no_longer_holds(centre):
    group = recipes.group(centre)
    seat = recipes.seat(group)
    asking.ask(group, actor=None, now=NOW)
    message = Message.objects.get()
    type(group).objects.update(first_date=group.first_date + timedelta(days=7))

    outbox.send(message.pk, last_try=False)

    message.refresh_from_db()
    assert sent.outbox == []
    assert (message.state, message.stale) == (MessageState.DRAFT, True)
    assert message.waits_because == WaitsBecause.CHANGED

    drafts.renew(message, now=NOW)
    seat.refresh_from_db()
    assert seat.message.stale is False
    assert seat.message.state == MessageState.DRAFT


def test_job_marks_what_no_longer_holds_and_takes_wrong_marks_back(centre):
    message = draft(waits(centre), kind="call_us")
    Message.objects.update(stale=True)

    assert drafts.mark_stale() == 0
    message.refresh_from_db()
    assert message.stale is False


def test_nothing_goes_by_itself_to_who_wants_it_so(centre):
    group = recipes.group(centre)
    person = waits(centre, do_not_send=True)
    recipes.seat(group, person.registrations.get())

    asking.ask(group, actor=None, now=NOW)

    message = Message.objects.get()
    assert (message.state, message.waits_because) == (MessageState.DRAFT, WaitsBecause.PERSON)


def test_centre_that_looks_through_gets_drafts(centre):
    centre.looks_through = True
    centre.save()
    group = recipes.group(centre)
    recipes.seat(group)

    asking.ask(group, actor=None, now=NOW)

    assert Message.objects.get().waits_because == WaitsBecause.CENTRE


def test_letters_are_printed_with_address_and_link_and_ticked_off(desk, centre):
    person = waits(centre, preferred_way="letter", postal_address=ADDRESS)
    message = drafts.release(draft(person, kind="call_us"))

    page = desk.get(reverse("admin:linkcenter_message_letters")).content.decode()

    assert "Storgata 1<br>9008 Tromsø" in page
    assert outbox.address(message) in page
    assert "Oss på senteret" in page

    desk.post(reverse("admin:linkcenter_message_letters-sent"), {"letter": message.pk})

    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_call_list_tells_how_to_ring_and_what_to_say_and_nothing_of_why(desk, centre):
    person = waits(centre, email=None, phone="+4741234567", safe_times="etter fire")
    registration = person.registrations.get()
    registration.message = "Kanarimelding"
    registration.save()
    drafts.release(draft(person, kind="call_us"))

    page = desk.get(reverse("admin:linkcenter_message_calls")).content.decode()

    assert "etter fire" in page
    assert "+4741234567" in page
    assert "Kanarimelding" not in page


def test_text_message_opens_in_the_telephone(desk, centre):
    person = waits(centre, preferred_way="sms", phone="+4741234567")
    message = drafts.release(draft(person, kind="call_us"))

    page = desk.get(reverse("admin:linkcenter_message_change", args=[message.pk]))

    assert 'href="sms:+4741234567?body=Kj%C3%A6re%20Kari' in page.content.decode()


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_all_texts_can_be_read(desk, language):
    page = desk.get(reverse("admin:linkcenter_message_texts"), {"language": language})

    assert page.status_code == 200
    assert page.content.decode().count("<pre") > 70


def test_list_marks_failed_ones_with_the_reason_in_words(desk, centre):
    drafts.release(draft(waits(centre), kind="call_us"))
    Message.objects.update(state=MessageState.FAILED, error="refused [550]")

    page = desk.get(reverse("admin:linkcenter_message_changelist"), {"view": "failed"})

    assert "adressen finnes ikke" in page.content.decode()
