"""Many people at once: which records of a partner's file are people the force knows, and which are one person.

Splink trains and scores on DuckDB, or on Spark where one machine is outgrown; what is done with a score is ours.
Used by data managers on pages and at the command line. Serves DPA 2018 s.38 (accuracy) and FC 1.7 (matching).
"""
