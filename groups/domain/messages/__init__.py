"""What the outbox asks about messages on groups: whether they hold, and how to say them again."""
