"""Victims' voice (S10): who is asked what the police did, by somebody who is not the police, and what changed.

Used by the central safeguarding team, by an independent surveyor and by services for victims, each from its own
sign-in. Serves the Home Office survey of victims of domestic abuse, the Victims' Code and DPA 2018 s.40: a call that
the wrong person answers does the harm that it asks about.
"""
