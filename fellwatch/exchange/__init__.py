"""Handing somebody over to another force's installation: signed, versioned, acknowledged, answered.

Used by whoever finds that a victim or a suspect lives elsewhere, and by the force of their home. A message is safe to
send again: it is taken once. The protocol is open: `docs/exchange.md`. Serves DPA 2018 ss35-40 and s49A of the Domestic
Abuse Act 2021, which binds the force where a child lives. See `docs/adr/0012-exchange-between-forces.md`.
"""
