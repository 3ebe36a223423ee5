"""The people of agencies: who signs in, who is invited, what was sent to them by mail."""
