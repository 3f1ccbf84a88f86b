"""The order in which a person's rows are held, so that no two acts wait for each other.

Registrations first, then the person, then links and messages. The person is held so that rows that
point there can still be added (``no_key``). Groups come after registrations, as ``groups`` says.
"""

from participants.models import Registration


def hold_registrations(*participant_ids: int) -> None:
    """Hold the registrations of one person, or of several, until the transaction ends."""
    rows = Registration.objects.select_for_update().filter(participant__in=participant_ids)
    list(rows.order_by("pk").values_list("pk"))
