"""Answers to an instrument (THRIVE first), pinned to its version; every version kept with author and reason.

Used by every room that asks structured questions. Instruments are data in `rulebook/instruments`.
Serves the THRIVE practice of the College of Policing and each instrument's own source.
"""
