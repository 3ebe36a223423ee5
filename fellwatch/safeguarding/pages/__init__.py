"""The safeguarding room's pages: what is due next, one case, one order, one decision at a time, and the measures.

They parse forms, call queries and actions, and hand templates plain values. They never touch tables.
"""
