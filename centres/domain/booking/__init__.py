"""Who has a room or a licence when."""
