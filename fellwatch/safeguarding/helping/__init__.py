"""Help for victims (S9): what somebody wrote on the quiet page, answered only as she said is safe; activations of Ask
for Angela and the Banking Protocol, followed to their outcome.

Used by the safeguarding help desk. Serves the Victims' Code (right 4, support) and DPA 2018 s.40: an answer that the
wrong person reads does the harm that it was meant to prevent.
"""
