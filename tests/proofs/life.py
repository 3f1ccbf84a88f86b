"""Somebody whose every word is like no other, on the way through all that the product can do."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from centres.states import Role
from groups.domain.asking import answering, asking
from groups.domain.forming import match_runs
from groups.domain.lifecycle import settling
from groups.models import Seat
from linkcenter.forms.open_forms import QUICKEST
from linkcenter.models import Message, MessageState
from participants.admin.registration.merging import TO_CHOOSE
from participants.models import Participant, Registration, Theme
from participants.models.person import search_terms
from participants.states import RegistrationState
from tests import recipes
from tests.participants import walk
from tests.participants.walk import hidden
from tests.running.browser import Answer
from tests.running.login import log_in, with_password
from tests.running.product import Product

NAME, OTHER_NAME = "Tistelnavn", "Tistelblomst"
EMAIL, NEW_EMAIL, WAITING_EMAIL = (f"tistel{word}@example.org" for word in ("post", "ny", "vent"))
PHONE = "41234567"
WORDS = {
    "name": NAME,
    "name that staff correct": OTHER_NAME,
    "e-mail": EMAIL,
    "new e-mail": NEW_EMAIL,
    "e-mail that is not confirmed": WAITING_EMAIL,
    "phone": PHONE,
    "safe times": "Tisteltid",
    "practical needs": "Tistelbehov",
    "message": "Tistelbeskjed",
    "note of a talk": "Tistelnotat",
    "what the others see": "Tistelvis",
    "theme": "Tisteltema",
}
FIRST_PERSON, FIRST_REGISTRATION = 770_011, 880_011  # numbers that nothing else has
READING = QUICKEST.total_seconds() + 0.1  # faster than that is nobody
LINK = re.compile(r"/(?:lenke|svar)/[\w-]{43}/")


def link_in(mail: EmailMessage) -> str:
    body: Any = mail.get_body(("plain",))
    return LINK.findall(body.get_content())[0]


def complaints(answer: Answer) -> list[str]:
    """What a page says that was to lead on."""
    page = answer.content.decode()
    return re.findall(r"<h1.*?</h1>", page) + re.findall(r"<li><a[^>]*#.*?</li>", page)


class Life:
    """``resident`` and ``staff`` are two browsers; ``links`` are all that came by mail."""

    def __init__(self, product: Product) -> None:
        self.product = product
        self.centre = walk.place(min_to_start=2)
        self.theme = Theme.objects.create(slug="tisteltema", name=WORDS["theme"])
        self.coordinator = with_password(recipes.staff(Role.COORDINATOR, self.centre))
        _begin("participants_participant", 1)  # a life before this one has counted on
        self.others = [recipes.waiting(self.centre) for _each in range(2)]
        _begin("participants_participant", FIRST_PERSON)
        _begin("participants_registration", FIRST_REGISTRATION)
        self.resident, self.staff = product.browser(), product.browser()
        self.links: list[str] = []

    @property
    def person(self) -> Participant:
        return Participant.objects.get(pk=FIRST_PERSON)

    @property
    def registration(self) -> Registration:
        return Registration.objects.get(pk=FIRST_REGISTRATION)

    def is_lived(self) -> None:
        self.registers()
        self.is_talked_with()
        self.opens_the_own_page()
        self.changes_everything()
        self.moves_to_a_new_address()
        self.registers_again()
        self.is_found_and_kept_apart()
        self.joins_a_group()
        self.stops_and_thinks_better_of_it()
        self.is_let_down_by_the_mail()

    # The resident

    def registers(self) -> None:
        self.sends(
            self.resident,
            name=NAME,
            email=EMAIL,
            phone=PHONE,
            preferred_way="email",
            message=WORDS["message"],
            themes=[self.theme.slug],
            any_theme=None,
        )
        self.resident.get("/meld-interesse/kvittering/")
        self.links.append(link_in(self.mail_to(EMAIL)))
        assert self.registration.message == WORDS["message"]

    def sends(self, browser: Any, **answers: Any) -> None:
        walk.fill(browser, self.centre, **answers)
        time.sleep(READING)
        walk.post(browser, self.centre, "sjekk", **walk.yes())

    def opens_the_own_page(self) -> None:
        page = hidden(self.resident.get("/min-side/"))
        self.resident.post("/min-side/", {**page, "reach": EMAIL})
        link = link_in(self.mail_to(EMAIL))
        self.links.append(link)
        self.enters(link)

    def asks_elsewhere(self, email: str) -> None:
        """For a link, on another machine."""
        browser = self.product.browser()
        page = hidden(browser.get("/min-side/"))
        assert browser.post("/min-side/", {**page, "reach": email}).url == "/min-side/sendt/"

    def enters(self, link: str) -> None:
        self.resident.head(link, **{"User-Agent": "SafeLinks"})
        answer = self.resident.post(link, hidden(self.resident.get(link)))
        assert answer.url == "/min-side/"
        self.resident.get(answer.url)

    def act(self, page: str, *, shown_on: str | None = None, **data: Any) -> Answer:
        """Fill in one page of the own page, as a form on it or on ``shown_on`` does."""
        shown = self.resident.get(f"/min-side/{page if shown_on is None else shown_on}")
        answer = self.resident.post(f"/min-side/{page}", {**hidden(shown), **data})
        assert answer.status_code == 302, (page, complaints(answer))
        self.resident.get(answer.url)
        return answer

    def changes_everything(self) -> None:
        self.act("tider/", availability=["tue-evening", "wed-morning"])
        group = {"role": "kin", "kind": "either", "format": "either"}
        self.act("gruppe/", **group, themes=[self.theme.slug], any_theme="on")
        wishes = {"languages": ["no", "ar"], "gender_wish": "women", "gender": "woman"}
        self.act("onsker/", **wishes, birth_year="1980", practical_needs=WORDS["practical needs"])
        self.act("pause/", until="2027-02-01")
        self.act("pause/slutt/", shown_on="")
        for page in ("opplysninger/", "opplysninger.json", "samtykke/", "slett/", "stopp/"):
            assert self.resident.get(f"/min-side/{page}").status_code == 200

    def contact(self, email: str) -> None:
        self.act(
            "kontakt/",
            name=NAME,
            email=email,
            phone=PHONE,
            preferred_way="email",
            language="nb",
            safe_times=WORDS["safe times"],
        )

    def moves_to_a_new_address(self) -> None:
        self.contact(NEW_EMAIL)
        link = link_in(self.mail_to(NEW_EMAIL))
        self.links.append(link)
        self.resident.post(link, hidden(self.resident.get(link)))
        assert self.person.email == NEW_EMAIL
        self.contact(WAITING_EMAIL)
        self.links.append(link_in(self.mail_to(WAITING_EMAIL)))

    def registers_again(self) -> None:
        """By mistake: staff close it as a duplicate."""
        again = self.product.browser()
        self.sends(again, name=OTHER_NAME, email="", phone=PHONE)
        second = Registration.objects.get(pk=FIRST_REGISTRATION + 1)
        choices = dict.fromkeys(["goes_on", *TO_CHOOSE], self.registration.pk)
        self.desk("twice", second.pk, self.registration.pk, **choices)
        second.refresh_from_db()
        assert second.close_reason == "duplicate"

    def joins_a_group(self) -> None:
        Registration.objects.filter(pk=FIRST_REGISTRATION).update(state=RegistrationState.WAITING)
        match_runs.propose([self.centre], actor=self.coordinator)
        group = recipes.group(self.centre, min_size=2)
        for registration in (*self.others, self.registration):
            recipes.seat(group, registration)
        asking.ask(group, actor=self.coordinator)
        seats = Seat.objects.select_related("group")
        for registration in self.others:
            answering.say_yes(seats.get(registration=registration), actor=self.coordinator)
        link = link_in(self.mail_to(NEW_EMAIL))
        self.links.append(link)
        shown = self.resident.get(link)
        answer = self.resident.post(link, {**hidden(shown), "answer": "yes"})
        self.resident.get(answer.url)
        mine = seats.get(registration=self.registration)
        assert mine.state == "yes"
        mine.shared_name = WORDS["what the others see"]
        mine.save()
        settling.settle(group, first_date=group.first_date, actor=self.coordinator)
        self.mail_to(NEW_EMAIL)
        self.resident.get("/min-side/")

    def stops_and_thinks_better_of_it(self) -> None:
        self.act("stopp/", sure="on")
        link = link_in(self.mail_to(NEW_EMAIL))
        self.links.append(link)
        self.resident.get("/min-side/")
        self.resident.post(link, hidden(self.resident.get(link)))
        assert self.registration.is_open

    # Staff

    def desk(self, act: str, *args: int, **data: Any) -> Answer:
        """Post to one of the acts of the person's page, as its own form does."""
        page = reverse("admin:participants_registration_change", args=[FIRST_REGISTRATION])
        carried = hidden(self.staff.get(page))
        path = reverse(f"admin:participants_registration_{act}", args=args)
        answer = self.staff.post(path, {**carried, **data})
        assert answer.status_code == 302, (act, complaints(answer))
        self.staff.get(answer.url)
        return answer

    def is_talked_with(self) -> None:
        log_in(self.staff, self.coordinator)
        note = WORDS["note of a talk"]
        self.desk("talk", FIRST_REGISTRATION, kind="tried", outcome="no_answer", note=note)
        self.desk("talk", FIRST_REGISTRATION, kind="rang", outcome="ready", note=note)
        self.desk("week", FIRST_REGISTRATION, availability=["tue-evening"])

    def is_found_and_kept_apart(self) -> None:
        self.desk("keep", FIRST_REGISTRATION)
        for text in (NAME, PHONE, EMAIL, self.person.reference):
            self.desk("find", text=text)
        add = reverse("admin:participants_keepapart_add")
        pair = {"first": self.others[0].participant.reference, "second": self.person.reference}
        carried = hidden(self.staff.get(add))
        assert self.staff.post(add, {**carried, **pair}).status_code == 302
        for name in ("participants_registration", "participants_keepapart", "linkcenter_message"):
            assert self.staff.get(reverse(f"admin:{name}_changelist")).status_code == 200

    def is_let_down_by_the_mail(self) -> None:
        """A message has failed, one job has stumbled and one waits; staff correct the name."""
        self.desk(
            "contact",
            FIRST_REGISTRATION,
            name=OTHER_NAME,
            phone=PHONE,
            email=NEW_EMAIL,
            preferred_way="email",
            language="nb",
            safe_times=WORDS["safe times"],
        )
        with stumbling("participants_personallink"):
            self.asks_elsewhere(NEW_EMAIL)
            self.product.work()
        assert ProcrastinateJob.objects.filter(status="failed").count() == 1
        self.asks_elsewhere(NEW_EMAIL)
        mine = self.person.messages.order_by("pk")
        Message.objects.filter(pk=mine[0].pk).update(
            state=MessageState.FAILED, sent_at=None, error="refused [550]"
        )

    # The rest

    def mail_to(self, address: str) -> EmailMessage:
        """The newest mail there, once the worker has done what is queued."""
        sent = [mail for mail in self.product.work() if mail["To"] == address]
        # Who asks for a link twice within a minute means once.
        Message.objects.update(created_at=timezone.now() - timedelta(minutes=2))
        return sent[-1]

    def digests(self) -> list[str]:
        """The terms under which staff of the centre would find the person."""
        return [
            *search_terms(
                self.centre.pk, phone=f"+47{PHONE}", email=EMAIL, words=[NAME, OTHER_NAME]
            ),
            *search_terms(self.centre.pk, email=NEW_EMAIL),
        ]


def _begin(table: str, number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select setval(pg_get_serial_sequence(%s, 'id'), %s, false)", [table, number]
        )


@contextmanager
def stumbling(*tables: str) -> Iterator[None]:
    """Nothing can be written in ``tables``: the database refuses, and quotes the whole row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "create function stumble() returns trigger language plpgsql as"
            " $$ begin raise exception 'no place for %', new; end $$"
        )
        for table in tables:
            cursor.execute(
                f"create trigger stumble before insert or update on {table}"
                " for each row execute function stumble()"
            )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("drop function stumble cascade")
