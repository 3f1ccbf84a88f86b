"""The order in which a person's rows are held, so that no two acts wait for each other.

Registrations first, then the person, then links and messages. The person is held so that rows that
point there can still be added (``no_key``). Groups come after registrations, as ``groups`` says.
"""

from participants.domain.errors import AlreadyClosed
from participants.models import Participant, Registration


def hold_registrations(*participant_ids: int) -> None:
    """Hold the registrations of one person, or of several, until the transaction ends."""
    rows = Registration.objects.select_for_update().filter(participant__in=participant_ids)
    list(rows.order_by("pk").values_list("pk"))


def hold_person(participant_id: int) -> Participant:
    """The person's row after their registrations, both held until the transaction ends.

    Raises ``Participant.DoesNotExist`` if they are erased.
    """
    hold_registrations(participant_id)
    rows = Participant.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("centre").get(pk=participant_id)


def locked(registration: Registration) -> Registration:
    """The row, held until the transaction ends. Raises ``AlreadyClosed``."""
    rows = Registration.objects.select_for_update(of=("self",)).select_related(
        "participant__centre"
    )
    row = rows.get(pk=registration.pk)
    if not row.is_open:
        raise AlreadyClosed
    return row
