"""The control room: who is calling, THRIVE, a grade by need, the board and the safeguarding help desk.

Used by call takers, supervisors and help-desk detectives, at any hour.
Serves the National Standard for Incident Recording and THRIVE; grades follow `rulebook/grading`.
"""
