"""How forms look and read, and those that anybody may send."""
