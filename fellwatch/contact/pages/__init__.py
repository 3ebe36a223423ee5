"""The control room's pages: taking a call, the board, one incident, the help desk, what is waiting.

They parse forms, call queries and actions, and hand templates plain values. They never touch tables.
"""
