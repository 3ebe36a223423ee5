"""No carrier is set: messages are kept where somebody can see them."""

from fellwatch.sharing.post.troubles import Held


class Nobody:
    """Take nothing."""

    def send(self, id: str, channel: str, address: str, subject: str, text: str) -> str:
        """Refuse, with what to do."""
        raise Held("No mail server is set for this installation: set FELLWATCH_SMTP_HOST or FELLWATCH_NOTIFY_KEY.")

    def standing(self, provider_id: str) -> str:
        """Say nothing: nothing was sent."""
        return ""
