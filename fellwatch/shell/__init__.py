"""The frame of the staff's pages: sign-in, home by role, search, people and places, the log, imports.

Used by everyone who signs in. Cards that join rooms are composed here.
Serves WCAG 2.2 AA and the needs in the force's own sign-in policy.
"""
