"""Those who help groups to start."""
