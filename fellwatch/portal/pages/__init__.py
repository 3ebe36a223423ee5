"""The partner's pages. They parse forms, call sharing's queries and actions, and hand templates plain values."""
