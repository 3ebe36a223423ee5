"""Published facts about the county, as files: schools, postcodes, force areas and street crime.

Used by data managers through `foundation.imports`. Holds no personal data.
Each takes the publisher's full layout and cut-down ones, by the names of their columns.
"""
