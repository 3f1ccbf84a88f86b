"""What members of a group are called, their numbers and their theme: on no page that is not theirs.

Three people are in a group: one shows the others a name that she has chosen, and two show nothing.
Somebody new waits for the group's answer. All words about them are planted, and looked for on
every page, in every mail and in every file that anybody else can get.
"""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from centres.states import Role
from groups.domain.asking import answering, asking
from groups.domain.asking.asking import add_and_ask
from groups.domain.initiators import helping
from groups.domain.lifecycle import handing_over, settling
from groups.domain.running import newcomers, sharing
from groups.models import Initiator, Seat, SelfHelpGroup
from groups.states import Newcomers
from linkcenter.models import Message
from linkcenter.tokens import token_for
from participants.models import Theme
from participants.states import LinkPurpose
from tests import recipes
from tests.participants import own

pytestmark = [pytest.mark.prove, pytest.mark.django_db]

NAMES = ["Tistelanna", "Tistelberit", "Tistelcamilla", "Tisteldag"]
PHONES = ["41111111", "42222222", "43333333", "44444444"]
SHOWN, THEME = "Tistelvist", "Tisteltema"
WORDS = [*NAMES, *PHONES, THEME]


class Town:
    """A group whose first member shows a name, whose second is the contact; the fourth waits."""

    def __init__(self) -> None:
        now = timezone.now()
        self.centre = recipes.centre("link-tistel", min_to_start=2)
        theme = Theme.objects.create(slug="tisteltema", name=THEME)
        people = [
            recipes.waiting(
                self.centre,
                {"name": name, "phone": f"+47{phone}", "preferred_way": "email"},
            )
            for name, phone in zip(NAMES, PHONES, strict=True)
        ]
        for registration in people:
            registration.themes.add(theme)
        self.staff = recipes.staff(Role.COORDINATOR, self.centre)
        self.group = recipes.group(self.centre, min_size=2, theme=theme)
        self.initiator = recipes.initiator(self.centre)
        for registration in people[:3]:
            recipes.seat(self.group, registration)
        by = {"actor": self.staff, "now": now}
        helping.put_on(self.group, self.initiator, **by)
        asking.ask(self.group, **by)
        for seat in self.group.seats.asked().select_related("group"):
            answering.say_yes(seat, **by)
        first = self.group.first_date
        settling.settle(self.group, first_date=first, **by)
        self.seats = list(self.group.seats.select_related("registration__participant"))
        sharing.choose_shown(self.seats[0], name=SHOWN, shares_phone=False, now=now)
        self.settled_pages = self.pages_of_initiator()
        settling.hold_start_meeting(
            self.group, held_on=timezone.localdate(now), confidentiality_signed=True, **by
        )
        handing_over.hand_over(self.group, contact=self.seats[1], **by)
        newcomers.choose_newcomers(self.group, newcomers=Newcomers.YES, **by)
        self.group = SelfHelpGroup.objects.get(pk=self.group.pk)
        asked = add_and_ask(self.group, people[3], **by)
        answering.say_yes(Seat.objects.select_related("group").get(pk=asked.pk), **by)

    def pages_of_initiator(self) -> list[Any]:
        token = token_for(Initiator.objects.get().links.live().get().seed)
        start = f"/igangsetter/{token}/"
        found = [start, f"{start}mote.ics"]
        found += [f"{start}{page}/{self.group.pk}/" for page in ("startark", "taushet")]
        return [Client().get(path) for path in found]

    def pages_of_contact(self) -> list[Any]:
        link = self.seats[1].registration.participant.links.live().get(purpose=LinkPurpose.GROUP)
        start = f"/gruppe/{token_for(link.seed)}/"
        pages = ("", "pause/", "hjelp/", "overta/", "slutt/", "paa-nytt/", "ny/")
        return [Client().get(start + page) for page in pages]

    def pages_of_member(self, number: int) -> list[Any]:
        client = Client()
        person = self.seats[number].registration.participant
        page = own.enter(client, person)
        return [page, client.get("/min-side/"), client.get("/min-side/mote.ics")]

    def pages_of_everybody(self) -> list[Any]:
        slug = self.centre.slug
        paths = ["/", "/sentre/", f"/sentre/{slug}/", "/arrangementer/", "/arrangementer.ics"]
        paths += ["/statistikk/", "/statistikk/tall.csv", f"/statistikk/{slug}/"]
        paths += ["/api/v1/centres.json", "/api/v1/events.json", "/aktuelt/atom.xml"]
        paths += ["/sitemap.xml", f"/sentre/{slug}/kort/", f"/sentre/{slug}/plakat/"]
        return [Client().get(path) for path in paths]

    def pages_of_another_centre(self) -> list[Any]:
        stranger = Client()
        stranger.force_login(recipes.staff(Role.COORDINATOR, recipes.centre()))
        lists = ("groups_selfhelpgroup", "groups_followup", "participants_registration")
        paths = [reverse(f"admin:{name}_changelist") for name in lists] + [reverse("admin:index")]
        paths.append(reverse("admin:groups_selfhelpgroup_change", args=[self.group.pk]))
        return [stranger.get(path, follow=True) for path in paths]

    def pages_of_staff(self) -> list[Any]:
        desk = Client()
        desk.force_login(self.staff)
        pages = ("selfhelpgroup_change", "selfhelpgroup_history")
        return [desk.get(reverse(f"admin:groups_{page}", args=[self.group.pk])) for page in pages]


@pytest.fixture
def town() -> Town:
    return Town()


def planted(text: str, *allowed: str) -> list[str]:
    return [word for word in WORDS if word not in allowed and word.lower() in text.lower()]


def leaks(pages: list[Any], *allowed: str) -> list[tuple[str, list[str]]]:
    found = [(page.request["PATH_INFO"], planted(body(page), *allowed)) for page in pages]
    return [(path, words) for path, words in found if words]


def body(page: Any) -> str:
    """With numbers as they are stored, without the spaces that people read them by."""
    return re.sub(r"(?<=\d)[ \xa0](?=\d)", "", page.content.decode())


def test_pages_of_others_tell_nothing_of_members(town: Town) -> None:
    initiator, contact = town.settled_pages, town.pages_of_contact()
    everybody, stranger = town.pages_of_everybody(), town.pages_of_another_centre()

    assert {page.status_code for page in initiator + contact} == {200}
    assert {page.status_code for page in everybody} <= {200, 302, 404}
    assert leaks(initiator) == []
    assert leaks(everybody) == []
    assert leaks(stranger, THEME) == []  # every centre filters its own people by every theme
    # The contact's own name, and of somebody new what the group needs to say yes or no.
    assert leaks(contact, NAMES[1], NAMES[3]) == []


def test_members_see_what_the_others_show_them(town: Town) -> None:
    third = town.pages_of_member(2)

    assert SHOWN in third[0].content.decode()
    assert leaks(third, NAMES[2], PHONES[2], THEME) == []


def test_calendar_files_say_a_meeting_and_a_house(town: Town) -> None:
    files = [page for page in town.settled_pages if "calendar" in page["Content-Type"]]
    files += [town.pages_of_member(number)[2] for number in range(3)]
    texts = [page.content.decode() for page in files]
    texts += [message.calendar for message in Message.objects.all() if message.calendar]

    assert len(files) == 4
    assert {line for text in texts for line in text.splitlines() if line.startswith("SUMMARY")} == {
        "SUMMARY:Møte"
    }
    assert [planted(text) + [SHOWN] * (SHOWN in text) for text in texts] == [[]] * len(texts)


def test_mails_name_nobody_but_whom_they_are_for(town: Town) -> None:
    messages = list(Message.objects.all())

    assert len(messages) >= 10
    assert [message.subject for message in messages if planted(message.subject)] == []
    assert [message.subject for message in messages if SHOWN in message.subject] == []
    for message in messages:
        mine = getattr(message.recipient, "name", "")
        assert planted(message.text or "", mine) == [], message.kind


def test_titles_and_addresses_tell_nothing_even_to_staff(town: Town) -> None:
    pages = [*town.pages_of_staff(), *town.pages_of_contact(), *town.settled_pages]
    pages += [page for number in range(3) for page in town.pages_of_member(number)]

    titles = [
        title
        for page in pages
        for title in re.findall(r"<title>(.*?)</title>", page.content.decode(), re.DOTALL)
    ]
    links = [link for page in pages for link in re.findall(r'(?:href|src)="(/[^"]*)"', body(page))]

    assert len(titles) >= 12
    assert [title for title in titles if planted(title) or SHOWN in title] == []
    assert [link for link in links if planted(link) or SHOWN in link] == []


def test_planted_words_are_found_where_they_may_be(town: Town) -> None:
    """Else the other tests here would find nothing, whatever there was."""
    assert set(NAMES) <= set(planted(body(town.pages_of_staff()[0])))
