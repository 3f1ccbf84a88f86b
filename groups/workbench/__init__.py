"""The match workbench: who waits, the group that is being made of them, and how that stands."""
