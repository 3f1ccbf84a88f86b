"""When a centre is open."""
