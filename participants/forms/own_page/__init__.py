"""What people change on their own page."""
