"""The participants' part of the staff's workplace. Importing it registers what it declares.

The list and the page of a registration are registered in ``groups``, where places are known.
"""

from .keep_apart import KeepApartAdmin
from .messages.outbox import MessageAdmin
from .read_log import ReadLogAdmin
from .reference import ConsentTextAdmin, ThemeAdmin

__all__ = ["ConsentTextAdmin", "KeepApartAdmin", "MessageAdmin", "ReadLogAdmin", "ThemeAdmin"]
