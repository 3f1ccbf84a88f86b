"""Events, and who comes to them."""
