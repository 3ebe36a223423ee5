"""The door for machines: the same reads and writes as the pages, by the same queries and actions.

Used by command-and-control systems, importers and partners' software, each with a key of its own.
Serves DPA 2018 s.62 (every call is logged under the key's holder) and s.40 (a key opens only its scopes).
"""
