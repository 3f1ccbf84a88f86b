"""What is said to people: texts, drafts, and the outbox that sends them."""
