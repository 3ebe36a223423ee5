"""The MARAC: everybody at the highest risk of domestic abuse, referred by any agency, heard, and acted for.

Used by its coordinator, its chair, officers and partners. Serves the SafeLives model and the partnership's protocol.
"""
