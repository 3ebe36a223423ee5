"""Each operation, in a few lines: read what was sent, call the query or action, answer."""
