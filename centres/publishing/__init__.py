"""What others read of what the centres know: pages, feeds, calendars, open data, paper."""
