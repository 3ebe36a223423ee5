"""What partners know: their files mapped, checked and linked to people, looked at by a person, undone exactly.

Used by data managers and records reviewers. Serves Children Act 2004 s.11, Crime and Disorder Act 1998 s.17A
(sharing between relevant authorities) and DPA 2018 s.38 (accuracy): mission row H4.
"""
