"""The week of a house, and its video licences."""
