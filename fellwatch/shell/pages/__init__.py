"""The frame's own pages: the way in, search, a person, a place, the log, duties, jobs and imports.

Used by everybody who signs in. They ask the rooms' queries and actions and join what the rooms answer.
Serves DPA 2018 s.35-40 (every read has a purpose and is logged) and s.62 (the log can be read and checked).
"""
