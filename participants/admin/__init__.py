"""The participants' part of the staff's workplace. Importing it registers what it declares.

The list and the page of a registration are registered in ``groups``, where places are known.
"""

from . import consents, keep_apart, messages, read_log, themes

__all__ = ["consents", "keep_apart", "messages", "read_log", "themes"]
