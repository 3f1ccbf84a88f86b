"""Registrations: thousands at once, from many network addresses, with every limit switched on.

None is lost, none doubled, and nobody meets an error. Every tenth button is pressed twice.
"""

import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count, islice
from time import perf_counter
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.core.management import call_command

from bench.pages import bare, scratch_database
from bench.summary import Finding
from bench.web import Answer, Browser, Web, post, production
from centres.models import Centre
from linkcenter.models import Message
from linkcenter.web.limits import SUBMISSIONS
from participants.domain.registration.held import FEW
from participants.forms.registration import drafts
from participants.forms.registration.drafts import Draft
from participants.forms.registration.pages import GROUP, PERSON, TIMES, Pages
from participants.models import ConsentText, Registration
from participants.states import ConsentPurpose, RegistrationState
from tests.running.production import HOST

AT_ONCE = 100
CENTRE = "link-tromso"
TWICE = 10  # one in so many presses the button twice
ANSWERS = {
    GROUP: {
        "municipality": ["Tromsø"],
        "role": ["own"],
        "kind": ["either"],
        "format": ["physical"],
        "any_theme": ["on"],
    },
    TIMES: {
        "availability": ["tue-evening", "mon-morning"],
        "languages": ["no"],
        "gender_wish": ["any"],
        "is_adult": ["on"],
    },
    PERSON: {"name": ["Kari"], "phone": ["41234567"], "preferred_way": ["phone"]},
}


def run(number: int = 5_000) -> list[Finding]:
    with scratch_database():
        call_command("load_reference", verbosity=0)
        with production() as web:
            bare_rate = web.compare([bare], rounds=8)[0]
            sent = send_all(web, number)
        print(f"{number} registrations, {AT_ONCE} at a time, one in {TWICE} sent twice")
        print(
            f"{sent.rate:.0f} a second, {sent.rate / bare_rate:.3f} of a bare view;"
            f" p50 {sent.share(0.5) * 1000:.0f} ms, p95 {sent.share(0.95) * 1000:.0f} ms"
        )
        wrong = ", ".join(faults(sent)) or "none"
        print(f"lost, doubled, wrong: {wrong}")
    beside = (
        f"p95 {sent.share(0.95) * 1000:.0f} ms at {AT_ONCE} at a time; lost or doubled: {wrong}"
    )
    return [Finding("registrations a second", f"{sent.rate:.0f}", beside)]


@dataclass
class Sent:
    """What came back for all the forms, and how long each took."""

    keys: set[UUID]
    seconds: float = 0
    took: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        return len(self.keys) / self.seconds

    def share(self, part: float) -> float:
        """The time within which that part of the forms were answered."""
        return sorted(self.took)[int(part * (len(self.took) - 1))]


def send_all(web: Web, number: int) -> Sent:
    """As many people send their form, a few of them from each network address."""
    forms = dict(islice(_forms(), number))
    sent = Sent(set(forms))
    waiting = iter(list(_in_batches(forms.values(), min(FEW, SUBMISSIONS.most))))
    lock, networks = threading.Lock(), count()

    def work() -> None:
        while True:
            with lock:
                batch, network = next(waiting, None), next(networks)
            if batch is None:
                return
            browser = web.browser(
                f"127.{network // 62_500 + 1}.{network // 250 % 250}.{network % 250 + 1}"
            )
            with closing(browser):
                token = _token(browser)
                for form in batch:
                    begun = perf_counter()
                    answers = [_send(browser, token, form)]
                    took = perf_counter() - begun
                    if form is batch[0] and network % (TWICE // FEW) == 0:
                        answers.append(_send(browser, token, form))
                    with lock:
                        sent.took.append(took)
                        sent.answers.update(answers)

    threads = [threading.Thread(target=work) for _each in range(AT_ONCE)]
    begun = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sent.seconds = perf_counter() - begun
    return sent


def _forms() -> Iterator[tuple[UUID, str]]:
    """What the last button sends, each from somebody else who has filled in all the pages."""
    centre = Centre.objects.get(slug=CENTRE)
    contact = ConsentText.objects.filter(purpose=ConsentPurpose.CONTACT, language="nb").latest("pk")
    for number in count():
        person = ANSWERS[PERSON] | {"email": [f"{number}@example.org"]}
        draft = Draft(centre.pk, uuid4(), ANSWERS | {PERSON: person}, begun_at=0)
        if not number and (missing := Pages(centre, draft).first_missing):
            raise SystemExit(f"Something is missing on the page {missing}.")
        told = {drafts.FIELD: draft.seal(), ConsentPurpose.CONTACT.value: contact.pk, "website": ""}
        yield draft.key, urlencode(told)


def _in_batches(forms: Iterable[str], size: int) -> Iterator[list[str]]:
    waiting = iter(forms)
    while batch := list(islice(waiting, size)):
        yield batch


def _token(browser: Browser) -> str:
    """The token against forms from elsewhere, as the first page of the form gives it."""
    page = browser.get(f"/meld-interesse/{CENTRE}/{GROUP}/", Accept_Encoding="identity")
    cookie = re.search(r"__Host-csrf=(\w+)", page.headers.get("set-cookie", ""))
    if cookie is None:
        raise SystemExit(f"{page.status} and no token on the first page.")
    return cookie[1]


def _send(browser: Browser, token: str, form: str) -> str:
    told: Answer = browser.ask(
        post(
            f"/meld-interesse/{CENTRE}/sjekk/",
            f"{form}&csrfmiddlewaretoken={token}",
            Cookie=f"__Host-csrf={token}",
            Origin=f"https://{HOST}",
        )
    )
    return f"{told.status} {told.headers.get('location', '')}".strip()


def faults(sent: Sent) -> list[str]:
    """What is not as it should be: nothing, if each form is one registration with one receipt."""
    rows = Registration.objects.filter(submission_key__in=sent.keys)
    receipts = Message.objects.filter(kind="receipt")
    told = {
        "forms that are no registration": len(sent.keys) - rows.count(),
        "registrations that nobody sent": Registration.objects.count() - rows.count(),
        "registrations held back": rows.exclude(state=RegistrationState.RECEIVED).count(),
        "receipts too many or too few": abs(receipts.count() - len(sent.keys)),
        "people with another number of receipts than one": len(sent.keys)
        - receipts.values("recipient_id").distinct().count(),
        **{
            f"answers {answer}": number
            for answer, number in sent.answers.items()
            if answer != "302 /meld-interesse/kvittering/"
        },
    }
    return [f"{number} {what}" for what, number in told.items() if number]
