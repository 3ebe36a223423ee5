"""The partners' door: what an agency was sent, and its answer.

For people of other agencies, each signed in under its own agency. They see what was written for them and no record
of the police. Serves the Data Protection Act 2018 Part 3.
"""
