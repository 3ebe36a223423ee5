"""At the door: what officers find, do and hand in, and what becomes of each crime and suspect.

Used by response officers, their supervisors and those who decide about crimes.
Serves PACE 1984 (arrest, bail), the Home Office Crime Recording Rules, the Victims' Code and the College's APP on
domestic abuse.
"""
