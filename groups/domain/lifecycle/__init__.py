"""A group is settled, starts, is handed over, begins again, ends and is forgotten."""
