"""The project: what every app stands on, and nothing that knows a domain."""
