"""What may go wrong with a message on its way."""


class Later(Exception):
    """Nobody took it now; it is tried again."""


class Bounced(Exception):
    """The mailbox will never take it."""


class Held(Exception):
    """Nothing is set to take messages away."""
