"""The pages about newcomers and beginning again: to look changes nothing, and nobody is named."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from centres.domain.booking.weekly_times import take_slot
from groups.domain.asking import answering, asking
from groups.domain.forming import members
from groups.domain.lifecycle import beginning_again
from groups.mail.contact import new_page_link
from groups.models import GroupLink, SelfHelpGroup
from groups.states import GroupEndReason, GroupState, Newcomers, SeatState
from linkcenter.models import Message
from linkcenter.tokens import token_for
from participants.domain.person.links import entry_link
from participants.models import Registration, Theme
from tests import recipes

PLANTED = ("Plantet", "Hemmelig", "plantet@example.org", "Sorg")


@pytest.fixture
def group(centre):
    """A group of three that runs itself; it said that it has room, and the first is its contact."""
    recipes.consent_texts()
    today = timezone.localdate()
    first = today - timedelta(days=today.weekday() + 55)
    slot = take_slot(
        recipes.venue(centre), weekday=first.weekday(), starts=recipes.time(18), first_date=first
    )
    theme = Theme.objects.create(slug="sorg", name="Sorg")
    group = recipes.group(centre, slot=slot, first_date=first, min_size=3, max_size=6, theme=theme)
    for _place in range(3):
        recipes.seat(
            group,
            state=SeatState.YES,
            asked_at=timezone.now(),
            answer_by=today,
            answered_at=timezone.now(),
        )
    SelfHelpGroup.objects.filter(pk=group.pk).update(
        state=GroupState.SELF_RUN,
        started_on=first,
        handed_over_on=today,
        contact=group.seats.order_by("pk").first(),
        newcomers=Newcomers.YES,
    )
    group.refresh_from_db()
    return group


@pytest.fixture
def token(group):
    contact = group.contact.registration.participant
    return token_for(new_page_link(contact, now=timezone.now()).seed)


@pytest.fixture
def wants(group):
    """The seat of somebody who has said yes to joining."""
    person = {"name": "Plantet Hemmelig", "email": "plantet@example.org", "birth_year": 1981}
    one = recipes.waiting(group.centre, person)
    members.add_person(group, one, actor=None)
    [seat] = asking.ask(group, actor=None)
    answering.say_yes(seat)
    seat.refresh_from_db()
    return seat


@pytest.fixture
def page(token, wants):
    """The page; the message about it has given the contact a new link."""
    link = wants.group.contact.registration.participant.links.live().get(purpose="group")
    return reverse("groups:newcomers", args=[token_for(link.seed)])


def everything():
    return list(SelfHelpGroup.objects.values_list("state", "newcomers", "contact")), list(
        Registration.objects.values_list("state", "heard_at", "seats__state")
    )


def test_page_tells_what_is_needed_and_names_nobody(client, page):
    before = everything()

    for ask in (client.get, client.head, client.get):
        response = ask(page)
        assert response.status_code == 200
    body = response.content.decode()

    assert everything() == before
    assert "40" in body
    assert not [word for word in PLANTED if word in body]


def test_yes_on_the_page_takes_the_person_in(client, page, wants):
    response = client.post(page, {"seat": wants.pk, "answer": "yes"})

    assert (response.status_code, response["Location"]) == (302, page)
    wants.refresh_from_db()
    assert wants.is_member
    assert not [w for w in PLANTED if w in client.get(page).content.decode()]


def test_no_on_the_page_names_nobody_either(client, page, wants):
    client.post(page, {"seat": wants.pk, "answer": "no"})

    wants.refresh_from_db()
    told = Message.objects.get(kind="group_no")
    assert wants.end_reason == "group_no"
    assert told.recipient_id == wants.registration.participant_id


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_seat_in_another_group_cannot_be_answered_for(client, page, wants, centre, answer):
    other = recipes.seat(
        recipes.group(centre, weeks=1),
        state=SeatState.YES,
        is_newcomer=True,
        asked_at=timezone.now(),
        answer_by=timezone.localdate(),
        answered_at=timezone.now(),
        group_asked_at=timezone.now(),
        group_answer_by=timezone.localdate(),
    )

    response = client.post(page, {"seat": other.pk, "answer": answer})

    other.refresh_from_db()
    assert response.status_code == 200
    assert other.waits_for_group


def test_messages_to_the_contact_name_nobody(group, wants):
    told = Message.objects.get(kind="newcomer")

    assert not [word for word in PLANTED if word in told.subject + (told.text or "")]


def test_person_answers_in_private_and_reads_that_the_group_is_asked(client, group):
    one = recipes.waiting(group.centre)
    members.add_person(group, one, actor=None)
    asking.ask(group, actor=None)
    link = one.participant.links.live().get(purpose="answer")
    page = reverse("groups:answer", args=[token_for(link.seed)])
    assert client.get(page).status_code == 200

    response = client.post(page, {"answer": "yes"}, follow=True)

    assert response.redirect_chain[-1][0] == reverse("groups:answered", args=["yes_join"])
    assert response.status_code == 200
    assert one.seats.get().waits_for_group


def test_own_page_says_that_the_group_is_asked(client, wants):
    link = entry_link(
        wants.registration.participant, life=timedelta(days=1), is_mailed=True, now=timezone.now()
    )
    client.post(reverse("participants:link", args=[token_for(link.seed)]))

    body = client.get(reverse("participants:own-page")).content.decode()

    assert date_format(wants.group_answer_by, "WEEKDAY_FORMAT") in body


@pytest.mark.parametrize("name", ["newcomers", "contact-again", "again"])
def test_stranger_gets_the_closed_page(client, db, name):
    assert client.get(reverse(f"groups:{name}", args=["A" * 43])).status_code == 404


def test_contact_makes_the_address_that_the_others_use(client, group, token):
    page = reverse("groups:contact-again", args=[token])
    client.get(page)
    assert not GroupLink.objects.exists()

    client.post(page, {"act": "lenke"})

    link = GroupLink.objects.get()
    address = reverse("groups:again", args=[token_for(link.seed)])
    assert address in client.get(page).content.decode()


@pytest.fixture
def again(group):
    link = beginning_again.begin_again(group, contact=group.contact)
    return reverse("groups:again", args=[token_for(link.seed)])


def filled_in(client, page, **told):
    """What somebody sends who has read the page for a while."""
    form = client.get(page).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if name != "website"}
    contact = form.fields["contact"].widget.text_id
    hidden = form.helper.inputs[-1]
    assert hidden.name == "_page"
    return {
        **sent,
        "name": "Plantet",
        "email": "plantet@example.org",
        "preferred_way": "email",
        "is_adult": "on",
        "contact": contact,
        "_page": hidden.value,
        **told,
    }


def test_form_makes_a_registration_with_consent(client, again, group, time_machine):
    time_machine.move_to(timezone.now())
    sent = filled_in(client, again)
    time_machine.shift(5)

    response = client.post(again, sent)

    assert response["Location"] == reverse("groups:again-done")
    new = beginning_again.next_group(group)
    seat = new.seats.get()
    assert seat.registration.participant.first_name == "Plantet"
    assert seat.registration.participant.consents.count() == 1
    assert not [w for w in PLANTED if w in client.get(response["Location"]).content.decode()]


def test_known_and_unknown_addresses_get_the_same_answer(client, again, group, time_machine):
    time_machine.move_to(timezone.now())
    member = group.seats.members().last().registration.participant
    answers = []
    for email in ("ukjent@example.org", member.email):
        sent = filled_in(client, again, email=email)
        time_machine.shift(5)
        response = client.post(again, sent)
        answers.append((response.status_code, response["Location"]))

    assert answers[0] == answers[1]


def test_form_without_a_yes_keeps_what_was_typed(client, again, group, time_machine):
    time_machine.move_to(timezone.now())
    sent = filled_in(client, again, contact="")
    time_machine.shift(5)

    response = client.post(again, sent)

    assert response.status_code == 200
    assert "plantet@example.org" in response.content.decode()
    assert beginning_again.next_group(group) is None


def test_contact_closes_the_group_on_the_page(client, group, token, again):
    page = reverse("groups:contact-again", args=[token])
    done = client.post(page, {"act": "slutt"}, follow=True)

    group.refresh_from_db()
    assert group.end_reason == GroupEndReason.BEGUN_AGAIN
    assert "Adressen du gir videre, virker fortsatt." in done.content.decode()
    assert client.get(again).status_code == 200
