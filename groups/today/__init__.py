"""The staff's first page: what needs them, what is on, and what to do next."""
