"""Meetings of several agencies: what they are about and who must never know, agendas, what each agency found,
attendance, minutes, actions until done.

Used by every room whose partners meet. Serves the Data Protection Act 2018 s35-40 and each meeting's own protocol.
"""
