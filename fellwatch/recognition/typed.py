"""What could not be read, told to whoever typed it. Nothing typed is lost: the field keeps its text."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Trouble:
    """A field that could not be used, and what to do about it."""

    field: str
    message: str
