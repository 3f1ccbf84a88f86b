"""The match workbench."""
