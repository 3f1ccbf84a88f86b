"""An interest from the form to its end: registered, changed, paused, moved, closed."""
