"""What is stored about people, why, for how long, and how it is forgotten."""
