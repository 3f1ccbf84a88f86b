"""Every page that the public can open, rendered once: the tests of how the site looks share them.

The addresses are taken from the URL configuration, so a new page is walked without a word here.
Only what stands in an address has to be named, in ``EXAMPLES``: an address that is left out fails
``test_every_address.py``.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django.utils.translation import override

from centres.domain.pages.counties import counties
from centres.models import Article, Centre, Event, EventSignUp, Invitation, Municipality
from centres.states import ArticleKind, CentreStatus
from groups.models import GroupLink
from groups.states import GroupLinkPurpose, GroupState
from linkcenter.log_in.mail import NEW_PASSWORD
from linkcenter.models import Message
from linkcenter.tokens import token_for
from participants.forms.registration.pages import FORMS
from participants.models import PersonalLink
from participants.states import LinkPurpose

# What is no page of the public site: the staff's, the operators', the developers'.
ELSEWHERE = ("admin:", "demo-mail-list", "demo-mail-detail", "alive", "ready", "metrics")

NO_TOKEN = {"token": "A" * 43}  # of the right form, and never given to anybody

Values = Iterable[dict[str, Any]]


def _slugs(centres: Iterable[Centre]) -> Values:
    return [{"slug": centre.slug} for centre in centres]


def _centres() -> Values:
    """One of each status and kind, and those with the longest names and texts."""
    found: dict[Any, Centre] = {}
    for centre in Centre.objects.order_by("pk"):
        found.setdefault((centre.status, centre.kind), centre)
        found["longest name"] = max(centre, found.get("longest name", centre), key=_name)
    tromso = Centre.objects.get(slug="link-tromso")
    return _slugs(dict.fromkeys([tromso, *found.values()]))


def _name(centre: Centre) -> int:
    return len(centre.name)


def _one_centre() -> Values:
    return [{"slug": "link-tromso"}]


def _municipalities() -> Values:
    """One that has a centre, one that has none, one with several names, one of each odd kind."""
    places = Municipality.objects.all()
    served = places.filter(centres__status=CentreStatus.OPEN)
    many_names = max(places, key=lambda place: len(", ".join(place.other_names)))
    chosen = [served.get(name="Tromsø"), many_names, places.filter(centres=None).first()]
    chosen.append(max(places, key=lambda place: len(place.name)))
    return [{"number": place.number, "slug": place.slug} for place in chosen if place]


def _counties() -> Values:
    longest = max(counties(), key=lambda each: len(each.municipalities))
    return [{"slug": longest.slug}]


def _articles() -> Values:
    return [{"slug": article.slug} for article in Article.objects.information()]


def _news() -> Values:
    news = Article.objects.filter(kind=ArticleKind.NEWS, published=True)
    return [{"pk": each.pk, "slug": each.slug} for each in news[:2]]


def _events() -> Values:
    """The last ones made: of every sort."""
    return [{"pk": event.pk} for event in Event.objects.published().order_by("-pk")[:6]]


def _sign_ups() -> Values:
    return [{"token": token_for(each.seed)} for each in EventSignUp.objects.all()] + [NO_TOKEN]


def _password_links() -> Values:
    mails = Message.objects.filter(matter=NEW_PASSWORD)
    return [{"token": token_for(mail.link_seed)} for mail in mails] + [NO_TOKEN]


def _invitations() -> Values:
    return [{"token": token_for(each.seed)} for each in Invitation.objects.all()] + [NO_TOKEN]


def _passkeys() -> Values:
    return [{"pk": 1}]  # somebody's: a stranger comes to the log-in


def _enquiries() -> Values:
    kinds = "sporsmal informasjonsmote frivillig igangsetter organisasjon lan feil tilgjengelighet"
    return [{"kind": kind} for kind in kinds.split()]


def _answers() -> Values:
    return [*_links_for([LinkPurpose.ANSWER]), NO_TOKEN]


def _shares() -> Values:
    return [*_links_for([LinkPurpose.SHARE]), NO_TOKEN]


def _initiators() -> Values:
    """Somebody with a settled group, and a link that opens nothing."""
    return [{"token": each["token"]} for each in [*_sheets()[:1], NO_TOKEN]]


def _sheets() -> list[dict[str, Any]]:
    live = GroupLink.objects.live().filter(
        initiator__groups__state=GroupState.SETTLED, expires_at__gt=timezone.now()
    )
    found = live.values("seed", "initiator__groups").order_by("pk")[:1]
    return [{"token": token_for(row["seed"]), "pk": row["initiator__groups"]} for row in found]


def _contacts() -> Values:
    return [*_links_for([LinkPurpose.GROUP]), NO_TOKEN]


def _contact_done() -> Values:
    return [{"code": code} for code in ("slutt", "paa-nytt", "ny-kontakt", "overtatt")]


def _take_overs() -> Values:
    live = GroupLink.objects.live().filter(purpose=GroupLinkPurpose.TAKE_OVER)
    return [*({"token": token_for(link.seed)} for link in live[:1]), NO_TOKEN]


def _beginnings() -> Values:
    live = GroupLink.objects.live().filter(purpose=GroupLinkPurpose.BEGIN_AGAIN)
    return [*({"token": token_for(link.seed)} for link in live[:1]), NO_TOKEN]


def _questions() -> Values:
    return [*_links_for([LinkPurpose.QUESTION]), NO_TOKEN]


def _links() -> Values:
    """One of each purpose, and one that opens nothing."""
    elsewhere = {
        LinkPurpose.ANSWER,
        LinkPurpose.GROUP,
        LinkPurpose.QUESTION,
        LinkPurpose.SHARE,
    }
    return [*_links_for(set(LinkPurpose) - elsewhere), NO_TOKEN]


def _links_for(purposes: Iterable[LinkPurpose]) -> Values:
    live = PersonalLink.objects.live().filter(expires_at__gt=timezone.now(), purpose__in=purposes)
    one_of_each = {link.purpose: link for link in live.order_by("pk")}
    return [{"token": token_for(link.seed)} for link in one_of_each.values()]


THANKS = ("yes", "yes_join", "no", "other_time", "also_yes", "also_no", "shared")


def _thanks() -> Values:
    return [{"code": code} for code in THANKS]


def _done() -> Values:
    codes = ("adresse", "angret", "bekreftet", "fortsatt", "endre", "av-listen")
    return [{"code": code} for code in codes]


def _registration_pages() -> Values:
    return [{"slug": "link-tromso", "name": name} for name in FORMS]


EXAMPLES: dict[str, Callable[[], Values]] = {
    "new-password": _password_links,
    "mfa_remove_webauthn": _passkeys,
    "centres:invitation": _invitations,
    "centres:centre": _centres,
    "centres:centre-card": _centres,
    "centres:poster": _one_centre,
    "centres:municipality": _municipalities,
    "centres:county": _counties,
    "centres:article": _articles,
    "participants:register-centre": _centres,
    "participants:register-page": _registration_pages,
    "participants:check": _one_centre,
    "participants:own-move-to": _one_centre,
    "groups:answer": _answers,
    "groups:answered": _thanks,
    "groups:question": _questions,
    "groups:share": _shares,
    "groups:contact": _contacts,
    "groups:contact-break": _contacts,
    "groups:contact-trouble": _contacts,
    "groups:contact-hand-on": _contacts,
    "groups:contact-end": _contacts,
    "groups:contact-done": _contact_done,
    "groups:contact-again": _contacts,
    "groups:newcomers": _contacts,
    "groups:again": _beginnings,
    "groups:take-over": _take_overs,
    "groups:initiator": _initiators,
    "groups:initiator-calendar": _initiators,
    "groups:initiator-sheet": _sheets,
    "groups:initiator-promise": _sheets,
    "groups:statistics-centre": _one_centre,
    "groups:statistics-centre-file": _one_centre,
    "api:centre": _one_centre,
    "centres:news": _news,
    "centres:event": _events,
    "centres:event-sign-up": _events,
    "centres:event-calendar": _events,
    "centres:centre-event-feed": _one_centre,
    "centres:enquiry": _enquiries,
    "centres:enquiry-sent": _enquiries,
    "centres:sign-up": _sign_ups,
    "participants:link": _links,
    "participants:link-done": _done,
}

# What an address alone does not show: answers to a search.
QUESTIONS = {
    "centres:home": ["Herøy", "Tromso", "xyzzy", "9990", "Link"],
    "participants:register": ["Herøy", "xyzzy"],
}


@dataclass
class Answer:
    """What came back for one address."""

    name: str
    address: str
    status: int
    body: str
    headers: dict[str, str]
    cookies: list[str] = field(default_factory=list)
    queries: int = 0

    @property
    def is_page(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")

    @property
    def title(self) -> str:
        return re.sub(r"\s+", " ", _first(r"<title>(.*?)</title>", self.body))

    @property
    def language(self) -> str:
        return _first(r'<html lang="([^"]*)"', self.body)

    @property
    def has_form(self) -> bool:
        return '<form method="post"' in self.body or 'method="post"' in self.body

    def __str__(self) -> str:
        return self.address


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.DOTALL)
    return found[1].strip() if found else ""


def names() -> list[tuple[str, bool]]:
    """Every public address by name, and whether something has to be put into it."""
    return sorted(set(_under(get_resolver(), "")))


def unknown() -> list[str]:
    """Addresses in which something stands that ``EXAMPLES`` does not name."""
    return [name for name, needs_values in names() if needs_values and name not in EXAMPLES]


def _under(resolver: URLResolver, space: str) -> Iterator[tuple[str, bool]]:
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            inner = f"{space}{part.namespace}:" if part.namespace else space
            if not inner.startswith(ELSEWHERE):
                yield from _under(part, inner)
        elif isinstance(part, URLPattern) and not f"{space}{part.name}".startswith(ELSEWHERE):
            yield f"{space}{part.name}", bool(part.pattern.regex.groups)


def addresses(language: str = "nb") -> list[tuple[str, str]]:
    """Name and address of every page, with what the demo has in the place of each parameter."""
    with override(language):
        return list(_addresses())


def _addresses() -> Iterator[tuple[str, str]]:
    for name, needs_values in names():
        if name in unknown():
            continue
        examples = EXAMPLES[name]() if needs_values else [{}]
        for values in examples:
            yield name, reverse(name, kwargs=values)
    for name, questions in QUESTIONS.items():
        for question in questions:
            yield name, f"{reverse(name)}?{urlencode({'q': question})}"


def ask(name: str, address: str, client: Client | None = None) -> Answer:
    """Open ``address`` as somebody who was never here."""
    with CaptureQueriesContext(connection) as asked:
        response = (client or Client()).get(address)
    answer = _answer(name, address, response)
    answer.queries = len(asked)
    return answer


def _answer(name: str, address: str, response: Any) -> Answer:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = dict(response.headers)
    return Answer(
        name=name,
        address=address,
        status=response.status_code,
        body=body.decode(errors="replace"),
        headers=headers,
        cookies=sorted(response.cookies),
    )


def walk(language: str = "nb") -> Iterator[Answer]:
    """Every public answer, and last the pages that only an act leads to."""
    for name, address in addresses(language):
        answer = ask(name, address)
        yield answer
        if answer.status == 200 and answer.is_page and answer.has_form:
            yield from _sent_empty(answer)
    with override(language):
        yield ask("nowhere", reverse("centres:home") + "finnes-ikke/")


def _sent_empty(page: Answer) -> Iterator[Answer]:
    """What the form says to somebody who presses its button at once."""
    client = Client()
    client.get(page.address)
    response = client.post(page.address, {})
    if response.status_code in (302, 303):
        address = response.headers["Location"]
        yield _answer(f"{page.name} begun", address, client.get(address))
    else:
        yield _answer(f"{page.name} sent empty", page.address, response)


def pages(answers: Iterable[Answer]) -> list[Answer]:
    """The different ones among them that a person sees in a browser."""
    found = {answer.body: answer for answer in reversed(list(answers)) if answer.is_page}
    return [page for page in reversed(found.values()) if page.body and page.status != 302]
