"""The centres' part of the staff's workplace. Importing a module registers what it declares."""
