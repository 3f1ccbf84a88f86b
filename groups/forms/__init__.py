"""What people in groups, their contacts and those who help them fill in."""
