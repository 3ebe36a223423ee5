"""Commands for operators and policy leads: run, upgrade, verify the log, ask when a duty is due.

Used at a terminal by the force's IT and by whoever checks the rules. `fellwatch --help` lists them.
"""
