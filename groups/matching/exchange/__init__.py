"""The exchange formats: problems and proposals as JSON values and as files."""
