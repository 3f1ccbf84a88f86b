"""The answers between the pages of the interest form, before anything is sent.

They are sealed (encrypted and signed) and kept twice: in the page itself, so that a page that was
left open until tomorrow still holds everything, and in the session, so that "back" and "change"
show what was typed. Nothing of them is in the database in clear, and nothing before the first post.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from cryptography.fernet import InvalidToken
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from centres.models import Centre
from linkcenter.encryption import decrypt, encrypt
from linkcenter.forms.text import clean_text
from participants.states import EntryChannel

FIELD = "_draft"
SESSION_KEY = "drafts"
MOST_TO_KEEP = 12_000  # characters of one page; one with more has to be shortened anyhow

Typed = dict[str, list[str]]


@dataclass
class Draft:
    """What one person has typed so far for one centre, page by page. The key makes it one
    registration however often it is sent.
    """

    centre_id: int
    key: UUID = field(default_factory=uuid4)
    pages: dict[str, Typed] = field(default_factory=dict)
    channel: str = EntryChannel.WEB  # where the person came from
    begun_at: float = field(default_factory=lambda: timezone.now().timestamp())

    def seal(self, *, without: str = "") -> str:
        """All of it but the page ``without``, which is posted beside it, in one unreadable text."""
        pages = {name: typed for name, typed in self.pages.items() if name != without}
        told = {
            "centre": self.centre_id,
            "key": self.key.hex,
            "pages": pages,
            "channel": self.channel,
            "begun_at": self.begun_at,
        }
        return encrypt(json.dumps(told, ensure_ascii=False))

    def put(self, page: str, posted: QueryDict, names: Iterable[str]) -> None:
        """Keep what was typed in the fields ``names`` of ``page``, right or wrong."""
        typed = {
            name: [clean_text(value) for value in posted.getlist(name)]
            for name in names
            if name in posted
        }
        if sum(len(value) for values in typed.values() for value in values) <= MOST_TO_KEEP:
            self.pages[page] = typed

    def typed_on(self, page: str) -> QueryDict | None:
        """What was typed on ``page`` as a form takes it; None if it has not been there."""
        if page not in self.pages:
            return None
        typed = QueryDict(mutable=True)
        for name, values in self.pages[page].items():
            typed.setlist(name, values)
        return typed


def unseal(text: str) -> Draft | None:
    """The draft in ``text``; None if it was tampered with or is none of ours."""
    try:
        told = json.loads(decrypt(text))
        key, channel = UUID(hex=told["key"]), told.get("channel", EntryChannel.WEB)
        return Draft(told["centre"], key, told["pages"], channel, told.get("begun_at", 0.0))
    except (InvalidToken, ValueError, KeyError, TypeError):
        return None


def find(request: HttpRequest, centre: Centre) -> Draft:
    """The draft of the page in front of the person, else that of the session, else a new one.

    Two windows may hold two drafts: the one that is posted counts. Where both are the same one,
    the session's is the newer, and the page fills its gaps.
    """
    kept = _usable(request.session.get(SESSION_KEY, {}).get(str(centre.pk), ""), centre)
    posted = _usable(request.POST.get(FIELD, ""), centre)
    if posted and kept and posted.key == kept.key:
        posted.pages |= kept.pages
    return posted or kept or Draft(centre.pk)


def _usable(sealed: str, centre: Centre) -> Draft | None:
    draft = unseal(sealed) if sealed else None
    return draft if draft and draft.centre_id == centre.pk else None


def keep(request: HttpRequest, draft: Draft) -> None:
    """Remember the draft in the session, beside those for other centres."""
    drafts = request.session.get(SESSION_KEY, {})
    request.session[SESSION_KEY] = {**drafts, str(draft.centre_id): draft.seal()}


def forget(request: HttpRequest, draft: Draft) -> None:
    """Let the session hold nothing of the draft any more."""
    drafts = request.session.get(SESSION_KEY, {})
    if drafts.pop(str(draft.centre_id), None):
        request.session[SESSION_KEY] = drafts
