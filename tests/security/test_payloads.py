"""What somebody writes to the centre may be a script. Staff read it as text, on every page.

Thirty of them stand in everything that the public can fill in. Each of the staff's pages is shown
in Chromium with its own headers, and so is each form that comes back with them in its fields.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import pytest
from django.db.models import TextField
from django.urls import reverse
from playwright.sync_api import Browser, ConsoleMessage

from centres.models import Enquiry, EventSignUp
from centres.states import Role
from groups.models import Initiator, Seat
from linkcenter.models import Message
from participants.models import Participant, Registration, Talk
from tests.look.site import Answer
from tests.look.window import Window
from tests.security.doors import doors
from tests.security.forms import forms_of
from tests.security.matrix import AT_OWN, Matrix, Reader
from tests.security.world import World

READER = Reader("everything", "lead", (AT_OWN, (Role.LEAD, "own"), (Role.ADMINISTRATOR, "")))
RUN = "window.ran=1"
MARK = "data-planted"  # an element that has it has come out of somebody's text
PAYLOADS = (
    f"<script {MARK}>{RUN}</script>",
    f"<ScRiPt {MARK}>{RUN}</sCrIpT >",
    f'"><script {MARK}>{RUN}</script>',
    f"'><script {MARK}>{RUN}</script>",
    f"</title><script {MARK}>{RUN}</script>",
    f"</textarea><script {MARK}>{RUN}</script>",
    f"</script><script {MARK}>{RUN}</script>",
    f"--><script {MARK}>{RUN}</script>",
    f"<img {MARK} src=x onerror={RUN}>",
    f"<img {MARK} src=x onerror='{RUN}'//",
    f'"><img {MARK} src=x onerror={RUN}>',
    f"<svg {MARK} onload={RUN}>",
    f"<svg {MARK}><script>{RUN}</script></svg>",
    f"<body {MARK} onload={RUN}>",
    f"<input {MARK} autofocus onfocus={RUN}>",
    f"<details {MARK} open ontoggle={RUN}>",
    f"<video {MARK}><source onerror={RUN}></video>",
    f"<iframe {MARK} src='javascript:parent.{RUN}'></iframe>",
    f"<iframe {MARK} srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<a {MARK} href='javascript:{RUN}'>x</a>",
    f"<math {MARK}><mtext><style><img src=x onerror={RUN}></style></mtext></math>",
    f"<style {MARK}>*{{background:url(//elsewhere.example/x)}}</style>",
    f"<link {MARK} rel=stylesheet href=//elsewhere.example/x>",
    f"<base {MARK} href=//elsewhere.example/>",
    f"<form {MARK} action=//elsewhere.example><button>x</button></form>",
    f"<meta {MARK} http-equiv=refresh content='0;url=//elsewhere.example'>",
    f'" onmouseover={RUN} autofocus onfocus={RUN} {MARK}="',
    f"' onfocus='{RUN}' autofocus {MARK}='",
    f"{{% load x %}}{{{{ request }}}}<b {MARK}>x</b>",
    f"\u2028<%00script {MARK}>{RUN}</script>javascript:{RUN}//",
)
ALL = " ".join(PAYLOADS)

# What the public fills in, and what is made of it.
FILLED_IN: dict[Any, tuple[str, ...]] = {
    Participant: ("name", "postal_address", "safe_times", "email"),
    Registration: ("message", "practical_needs"),
    EventSignUp: ("name", "email"),
    Enquiry: ("organisation", "name", "email", "text", "page"),
    Seat: ("shared_name",),
    Initiator: ("name", "email"),
    Message: ("subject", "text"),
    Talk: ("note",),
}


class Watched(Window):
    """Says what a script did or was kept from, and not that a text is no number."""

    def _hear(self, message: ConsoleMessage) -> None:
        if not message.text.startswith("The specified value"):
            super()._hear(message)


@dataclass
class Shown:
    pages: list[Answer]
    words: Answer  # those of Django's own scripts
    person: str  # the addresses of two of them
    enquiry: str


def plant(world: World) -> None:
    for model, names in FILLED_IN.items():
        for number, row in enumerate(model.objects.filter(pk__gt=440_000_000, pk__lt=440_002_000)):
            held = {}
            for name in names:
                field = model._meta.get_field(name)
                if not getattr(row, name):
                    continue
                longest = field.max_length or 10_000
                is_long = isinstance(field, TextField)
                held[name] = ALL if is_long else PAYLOADS[number % len(PAYLOADS)][:longest]
            if held:
                model.objects.filter(pk=row.pk).update(**held)


def rendered(matrix: Matrix) -> Iterator[Answer]:
    """Every page that staff open, and every form that does not take what is filled in."""
    world = matrix.world
    for door in doors():
        address = door.address(world.own, world.foreign, "own" if door.has_row else "none")
        page = asked(matrix, "GET", address)
        if page is None:
            continue
        yield page
        for number, form in enumerate(forms_of(page.body)):
            if form.method != "post" or "logout" in form.action or "logg-ut" in form.action:
                continue
            filled = {
                name: [ALL] if name not in form.choices else held
                for name, held in form.data.items()
                if "csrf" not in name
            }
            there = urljoin(address, form.action)
            if again := asked(matrix, "POST", there, filled):
                again.name = f"{there} sent ({number})"
                yield again


def asked(
    matrix: Matrix, method: str, address: str, data: Any = None, kind: str = "text/html"
) -> Answer | None:
    kept: list[Any] = []
    matrix.after = lambda response, answer: kept.append(response)  # type: ignore[method-assign]
    matrix.ask(method, address, data)
    (response,) = kept
    if response.status_code != 200 or kind not in response.headers["Content-Type"]:
        return None
    return Answer(
        name=address,
        address=address,
        status=200,
        body=response.content.decode(),
        headers=dict(response.headers),
    )


@pytest.fixture(scope="module")
def shown(world: World) -> Shown:
    plant(world)
    matrix = Matrix(world, READER)
    pages = {page.body: page for page in rendered(matrix)}
    words = asked(matrix, "GET", reverse("admin:jsi18n"), kind="javascript")
    assert words
    address = {
        door.name: door.address(world.own, world.foreign, "own")
        for door in doors()
        if door.what == "change"
    }
    return Shown(
        pages=list(pages.values()),
        words=words,
        person=address["participants_registration_change"],
        enquiry=address["centres_enquiry_change"],
    )


LOOK = f"""() => [
  ...(window.ran ? ["a script has run"] : []),
  ...[...document.querySelectorAll("[{MARK}]")].map(
    (each) => `has made an element: ${{each.outerHTML.slice(0, 60)}}`),
]"""


@pytest.mark.prove
@pytest.mark.browser
def test_scripts_are_text_on_every_staff_page(browser: Browser, shown: Shown) -> None:
    window = Watched(browser, [shown.words], 1280)
    window.page.on("dialog", lambda dialog: dialog.dismiss())
    told = {}

    for page in shown.pages:
        window.show(page)
        window.ask(LOOK)
        if page.address in (shown.person, shown.enquiry):
            text = window.page.evaluate("document.body.textContent")
            told.setdefault(page.address, text)
    window.close()

    window.must_be_content()
    assert len(shown.pages) >= 60
    for address, text in told.items():
        assert [each for each in PAYLOADS if each not in text] == [], address
    assert len(told) == 2


def test_thirty_scripts_are_tried() -> None:
    assert len(set(PAYLOADS)) == 30
