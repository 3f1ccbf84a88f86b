"""What the staff's pages share: lists, pages of one row, acts on several, two at the same thing."""
