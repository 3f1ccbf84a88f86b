"""The talks between a person and the centre, until the person is ready for a group."""
