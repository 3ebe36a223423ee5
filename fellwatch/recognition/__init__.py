"""Who is this? Keys, comparison, weighing and explanation, while the call is live.

Used by the call taker's panel, search-then-create, importers and operators.
Serves FC 1.7 (matching by phone, person, address and alias) and DPA 2018 s.37 (adequate, not excessive).
"""
