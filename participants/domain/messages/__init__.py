"""What is said to people: what staff write, what is told by hand, whether it still holds."""
