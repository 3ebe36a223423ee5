"""How a rule decides: everything comes in as an argument, a value comes out with its reasons.

Used by every room and by the `duty` and `rulebook` commands. Standard library only: no clock, no
database. What law and policy say is in `rulebook/`, dated, sourced and with worked examples.
"""
