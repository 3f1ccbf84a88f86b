"""Fictional people, rooms and groups for trying the product out, made by the domain functions."""

from .story import Counts, tell

__all__ = ["Counts", "tell"]
