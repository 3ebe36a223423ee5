"""Measures: what the rooms do, counted by month, with the national figure beside it.

Used by supervisors, registrars and, later, boards. Serves HMICFRS's PEEL assessments, which ask for each of these.
"""
