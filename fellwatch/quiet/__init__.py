"""The quiet page: help for somebody whose telephone is looked at (S9). It looks like something else.

What a browser keeps of it is a neutral name, icon and address, and files that say nothing until a word is typed that
the force gives out where only those who need it look. See `docs/runbooks/quiet-page.md`.
"""
