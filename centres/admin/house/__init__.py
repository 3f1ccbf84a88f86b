"""Rooms, licences, keys, and who has them when."""
