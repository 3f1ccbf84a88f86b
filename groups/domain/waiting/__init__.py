"""Those who wait without a place: what they are asked, and what they can be told."""
