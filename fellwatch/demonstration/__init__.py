"""The invented county of Fellshire: land, people, households and a year of incidents, the same for a seed.

Used by anyone who tries, measures or tests Fellwatch. Nothing in it is real: the land lies where the North
Sea is, postcode area and telephone ranges are unused, and no name belongs to a known person at an address.
Serves no law; it lets every rule be shown without touching anybody's data.
"""
