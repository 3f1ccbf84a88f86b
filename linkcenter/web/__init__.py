"""What stands around the pages: middleware, cache, limits, and the pages for what went wrong."""
