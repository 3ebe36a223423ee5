"""Obligations owed to people: noted by facts, due by rule, met, late or waived, each with its working.

Used by every room; shown on boards, cards and measures.
Serves every deadline that `rulebook/clocks` names, each by the statute its rule cites.
"""
