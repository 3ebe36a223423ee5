"""The safeguarding team: protection notices and their orders, and the disclosure schemes.

Used by safeguarding officers and by the superintendent or inspector whose authority the law asks for.
Serves the Crime and Security Act 2010 ss24-33, the Domestic Abuse Act 2021 Part 3 and s77.
"""
