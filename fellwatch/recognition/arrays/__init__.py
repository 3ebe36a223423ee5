"""The index as compact arrays, and the compiled code that looks people up and weighs them. No database.

Strings become numbers once (`vocabulary`, `packing`), people become rows of numbers (`columns`), rows become sorted
postings (`build`, `segment`). A query (`question`) is looked up (`seek`) and weighed (`score`) without Python.
"""
