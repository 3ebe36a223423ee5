"""Fellwatch: how a police force in England and Wales protects vulnerable people.

Read `docs/architecture.md` for the house, then follow one call: `contact.actions.log_incident`.
"""

__version__ = "0.1.0"
