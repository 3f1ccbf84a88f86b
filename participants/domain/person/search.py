"""Finding a person again: by reference, phone, its last four digits, e-mail or names."""

from collections.abc import Collection

from django.db.models import Q

from linkcenter.encryption import encrypt, keyed_digest
from linkcenter.phones import parse_phone
from participants.models import Participant
from participants.models.person import ParticipantQuerySet, search_terms

LAST_DIGITS = 4


def find_people(text: str, *, centre_ids: Collection[int]) -> ParticipantQuerySet:
    """The people of these centres whom ``text`` names: one of the ways to name them, whole.

    Names are found by whole words, in any order and whatever the case. The columns are encrypted:
    the search compares keyed digests, so that parts of words find nothing.
    """
    people = Participant.objects.filter(centre__in=centre_ids)
    ways = Q()
    pk = Participant.pk_of(text)
    if pk is not None:
        ways |= Q(pk=pk)
    for centre_id in centre_ids:
        for terms in _ways_to_name(text, centre_id):
            ways |= Q(search_keys__contains=[keyed_digest(term) for term in terms])
    return people.filter(ways) if ways else people.none()


def _ways_to_name(text: str, centre_id: int) -> list[list[str]]:
    """What ``text`` may mean at the centre; all the terms of one meaning have to be found."""
    text = text.strip()
    ways = []
    try:
        phone = parse_phone(text)
    except ValueError:
        pass
    else:
        ways.append([next(search_terms(centre_id, phone=phone))])
    if text.isascii() and text.isdigit() and len(text) == LAST_DIGITS:
        ways.append(list(search_terms(centre_id, last_digits=text)))
    if "@" in text:
        ways.append(list(search_terms(centre_id, email=text)))
    elif words := text.split():
        ways.append(list(search_terms(centre_id, words=words)))
    return ways


def hidden(text: str) -> str:
    """What was searched for, as it may stand in an address: nobody reads a name in it.

    A reference is shown, if its D says that it is no telephone number.
    """
    is_reference = text[:1] in ("D", "d") and Participant.pk_of(text) is not None
    return text if is_reference else encrypt(text)
