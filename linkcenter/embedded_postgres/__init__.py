"""A private PostgreSQL beside the checkout, for development and for a first look."""
