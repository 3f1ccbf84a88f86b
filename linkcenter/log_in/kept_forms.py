"""What was typed, while its writer logs in again or shows once more who it is.

It waits in the session, sealed (encrypted and signed), for the account that typed it and nobody
else. Nothing is ever sent by itself: its writer sees that it was not sent, and presses a button.
"""

import json
import re
import secrets
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import InvalidToken
from django.http import HttpRequest
from django.urls import reverse

from linkcenter.encryption import decrypt, encrypt
from linkcenter.models import User
from linkcenter.web import known_browsers
from linkcenter.web.errors import TOKEN, typed_in

KEY = "kept_forms"
WHOSE = "whose"  # in a session that has ended: the account it belonged to
FIELD = "_kept"  # in a form that is sent at last: which one it was
MOST = 3
CODE = re.compile(r"[a-z0-9_:.+-]*", re.ASCII)  # of a choice or a row, and no words


@dataclass(frozen=True)
class KeptForm:
    """One form as it was posted: to which address, and each field with each of its values."""

    key: str
    path: str
    fields: list[tuple[str, str]]

    @property
    def address(self) -> str:
        """The page that shows it."""
        return reverse("admin:kept", args=[self.key])

    @property
    def texts(self) -> list[str]:
        """What the writer would know again: words, and not the codes of choices."""
        return [
            value
            for name, value in self.fields
            if not name.startswith("_") and not CODE.fullmatch(value)
        ]


def keep(request: HttpRequest, whose: str) -> KeptForm:
    """Keep what ``request`` posts for the account ``whose``, beside the latest others."""
    typed = [(name, value) for name, value in typed_in(request) if name not in (TOKEN, FIELD)]
    form = KeptForm(secrets.token_urlsafe(12), request.get_full_path(), typed)
    told = {"whose": whose, "path": form.path, "fields": form.fields}
    others = {key: each for key, each in sealed(request).items() if key != request.POST.get(FIELD)}
    latest = list(others.items())[-(MOST - 1) :]
    request.session[KEY] = dict([*latest, (form.key, encrypt(json.dumps(told)))])
    return form


def writer(request: HttpRequest) -> str | None:
    """Whose form it is that a browser posts in which nobody is logged in any more.

    A form's token is of the latest log-in in its browser: a new one makes those of before invalid.
    So where the session is gone, it is whoever logged in last.
    """
    accounts = (each.account for each in known_browsers.known(request))
    return request.session.get(WHOSE) or next(accounts, None)


def find(request: HttpRequest, key: str) -> KeptForm | None:
    """The kept form ``key`` of who asks; nobody else's."""
    return next((form for form in waiting(request) if form.key == key), None)


def waiting(request: HttpRequest) -> list[KeptForm]:
    """What who asks has typed and not sent, the latest first."""
    if not isinstance(request.user, User):
        return []
    whose = known_browsers.mark(request.user.email)
    found = []
    for key, text in reversed(sealed(request).items()):
        told = _unseal(text)
        if told and told["whose"] == whose:
            fields = [(name, value) for name, value in told["fields"]]
            found.append(KeptForm(key, told["path"], fields))
    return found


def drop(request: HttpRequest, key: str) -> None:
    """It is sent, or not wanted any more."""
    if key in (held := sealed(request)):
        request.session[KEY] = {each: text for each, text in held.items() if each != key}


def sealed(request: HttpRequest) -> dict[str, str]:
    """All that the session keeps, as it stands there."""
    return dict(request.session.get(KEY, {}))


def put_back(request: HttpRequest, held: dict[str, str], *, whose: str) -> None:
    """Keep on after a session has ended: that of ``whose``, if it still told so."""
    if whose:
        request.session[WHOSE] = whose
    if held:
        request.session[KEY] = held


def keep_for(request: HttpRequest, user: User) -> None:
    """``user`` has logged in: what others typed in this browser is thrown away."""
    request.session.pop(WHOSE, None)
    whose = known_browsers.mark(user.email)
    own = {
        key: text
        for key, text in sealed(request).items()
        if (told := _unseal(text)) and told["whose"] == whose
    }
    if KEY in request.session:
        request.session[KEY] = own


def _unseal(text: str) -> dict[str, Any] | None:
    try:
        told: dict[str, Any] = json.loads(decrypt(text))
    except (InvalidToken, ValueError):
        return None  # a key of ours that is no longer in use
    return told
