"""A list of groups made better: all methods in turn, at once or window by window."""
