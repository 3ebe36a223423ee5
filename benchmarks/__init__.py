"""How fast the house is: saving, the board, pages, recognition, the log, growth, a cold start.

Used by developers (`make bench`) and by whoever decides whether a machine is big enough for a force. Nothing here
is a test: a figure that misses its target is printed as such, and nobody's change is refused by a slow machine.
Serves DPA 2018 s.62 by showing what logging every read costs, so that nobody is tempted to leave it out.
"""
