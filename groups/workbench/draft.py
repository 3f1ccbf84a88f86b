"""A group that somebody tries out. It lives in the address of the page and holds nobody's place."""

import json
from dataclasses import asdict, dataclass, field, replace

from cryptography.fernet import InvalidToken

from groups.domain.rules import MOST
from groups.workbench.shape import Shape
from linkcenter.encryption import decrypt, encrypt

HIGHEST = 2**63  # beyond any key of a row


@dataclass(frozen=True)
class Draft:
    """Who is in it (keys of registrations), and what staff have said that it is to be."""

    centre: int
    members: tuple[int, ...] = ()
    shape: Shape = field(default_factory=Shape)

    def seal(self) -> str:
        """As it may stand in an address: nobody reads a person or a theme in it."""
        return encrypt(json.dumps(asdict(self), separators=(",", ":")))

    def with_members(self, *pks: int) -> "Draft":
        new = [pk for pk in pks if pk not in self.members]
        return replace(self, members=(*self.members, *new)[:MOST])

    def without(self, *pks: int) -> "Draft":
        return replace(self, members=tuple(pk for pk in self.members if pk not in pks))


def unseal(text: str) -> Draft | None:
    """The draft in ``text``; None if it is none of ours, or holds what no draft does."""
    try:
        told = json.loads(decrypt(text))
        draft = Draft(told["centre"], tuple(told["members"]), Shape(**told["shape"]))
    except (InvalidToken, ValueError, KeyError, TypeError):
        return None
    keys = (draft.centre, *draft.members)
    are_keys = all(type(key) is int and 0 < key < HIGHEST for key in keys)
    return draft if are_keys and draft.shape.is_known else None
