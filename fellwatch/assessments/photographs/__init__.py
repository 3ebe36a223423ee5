"""Photographs taken at an incident: sent in parts, proved whole by their digest, kept under the incident's policy.

Used by officers at the door and everyone who reads the incident. Serves continuity of evidence: who took it, when by
which clock, when it arrived, and that no byte has changed.
"""
