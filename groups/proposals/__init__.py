"""What staff read of the matcher's answers, in words."""
