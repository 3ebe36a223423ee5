"""The next officer's card: what every room has learnt of an address and its people, on one card before arrival.

Used by the pages of a place, a person and an incident and by the handheld, so that both say the same. And an officer's
day: their incidents and today's others, in the order in which they need somebody.
Serves the College of Policing's APP on domestic abuse: history is obtained on the way.
"""
