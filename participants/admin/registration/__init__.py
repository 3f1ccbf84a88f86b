"""The list of people, and the page where staff do everything about one of them."""
