"""Where PostgreSQL is, who connects to it as what, and the floor that is laid under the tables."""
