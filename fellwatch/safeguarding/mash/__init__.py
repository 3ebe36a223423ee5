"""The safeguarding hub (MASH): a contact about somebody, its colour and clock, what each agency knows, the decision.

For the hub's coordinators, and for whoever raises a contact and is told what came of it. Serves the Children Act 1989
ss17 and 47, the Children Act 2004 s11 and the Care Act 2014 s42.
"""
