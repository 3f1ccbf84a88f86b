"""Groups under construction, and the search for better ones."""
