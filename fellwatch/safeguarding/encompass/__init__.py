"""Operation Encompass: the school of a child who may be a victim of domestic abuse knows before the child comes in.

Used by the safeguarding team; answered by each school's safeguarding lead and the authority's education officer.
Serves the Domestic Abuse Act 2021 s49A, and the voluntary scheme before 7 November 2025.
"""
