"""What the public pages read: finding a centre, and all that is shown of it."""
