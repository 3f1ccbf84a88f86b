"""The list of people, and what staff do with several of them."""
