"""Plumbing without police words: who acts, what they may see, the log, jobs, imports and the database.

Used by every other package except `rules`.
Serves the Data Protection Act 2018 Part 3: s.40 (security), s.62 (logging), s.35-39 (purpose and need).
"""
