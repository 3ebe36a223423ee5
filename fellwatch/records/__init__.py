"""People, places, things, incidents and their dated links (POLE): what every room shares.

Used by every room and door. Serves DPA 2018 s.38 (facts apart from opinion, categories of subject).
"""
