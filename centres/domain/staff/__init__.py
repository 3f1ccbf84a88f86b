"""Those who work here: invited, allowed to take out lists, keeping filters."""
