"""Which district, force and beat a postcode or a coordinate is in, from facts shipped with the product.

Used by the records of places, by imports, and wherever somebody's home force must be known.
Serves information shared with the home force (FC 2.3) and referral by address (FC 3.2).
"""
