"""The named views of the staff's lists that know of groups, and lists taken out as files."""
