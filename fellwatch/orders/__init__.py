"""Notices, orders and bail that bind somebody: what they say, served or not, heard, broken, over.

Used by every room that asks for one, and by patrol on the pages of people and places.
Serves the statutes that `rulebook/orders` names, each rule by its own source.
"""
