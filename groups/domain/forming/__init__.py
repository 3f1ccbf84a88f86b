"""From a run of the matcher, or by hand, to a group that is being formed."""
