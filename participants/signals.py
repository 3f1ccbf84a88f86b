"""The one signal of the project.

``leaving`` is sent inside the transaction in which a registration closes or pauses, so that
whoever holds a place for it lets go of it in the same moment. Arguments: ``registration``,
``actor`` (a ``User`` or None) and ``now``. With ``only_offers`` the person stays, and lets go of
nothing but what another centre has offered.
"""

from django.dispatch import Signal  # noqa: TID251 (the one signal)

leaving = Signal()
