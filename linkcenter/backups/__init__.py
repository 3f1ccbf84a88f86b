"""Backups: sealed on the way to the disk, read again before they count, and tried by a drill."""
