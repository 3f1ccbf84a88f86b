"""Asking the matcher, reading what it proposes, and what is missing."""
