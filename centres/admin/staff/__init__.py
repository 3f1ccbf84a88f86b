"""Those who work here: accounts, invitations, and what they keep for themselves."""
