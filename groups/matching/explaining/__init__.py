"""What staff are told of a proposal: reasons, facts, and what would help."""
