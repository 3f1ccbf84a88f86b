"""What a group does once it meets: its contact, breaks, newcomers, what members share."""
