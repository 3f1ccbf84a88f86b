"""The form that registers an interest: three pages on the web, one by telephone."""
