"""The list of groups, and everything that staff see and do on the page of one."""
