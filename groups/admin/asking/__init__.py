"""A group that is being put together, on its page: whom to add and ask, and how it stands."""
