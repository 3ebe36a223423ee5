"""The officer's handheld: an offline risk form that loses nothing, and the wire it is sent over.

Used by response officers at the door, and by whoever looks after handhelds. A door: what officers send is kept by
`assessments`; this package keeps only which handhelds there are. Serves DPA 2018 s.40 (security) and the force's duty
to act on risk where there is no signal. See `docs/adr/0007-the-offline-store.md`.
"""
