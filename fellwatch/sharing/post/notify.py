"""Mail and texts by GOV.UK Notify, with one template each of a subject and a text that we fill."""

import requests
from django.conf import settings
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

from fellwatch.sharing.post.troubles import Bounced, Later

STANDING = {"delivered": "sent", "permanent-failure": "bounced", "temporary-failure": "bounced"}


class Notify:
    """Hand messages to GOV.UK Notify."""

    def __init__(self) -> None:
        address = {"base_url": settings.FELLWATCH_NOTIFY_URL} if settings.FELLWATCH_NOTIFY_URL else {}
        self.client = NotificationsAPIClient(settings.FELLWATCH_NOTIFY_KEY, **address)

    def send(self, id: str, channel: str, address: str, subject: str, text: str) -> str:
        """Hand over one message; return Notify's own id."""
        words = {"subject": subject, "text": text}
        try:
            if channel == "text":
                answer = self.client.send_sms_notification(address, settings.FELLWATCH_NOTIFY_TEXT, words, id)
            else:
                answer = self.client.send_email_notification(address, settings.FELLWATCH_NOTIFY_MAIL, words, id)
        except HTTPError as refused:
            trouble = Later if refused.status_code >= 500 or refused.status_code == 429 else Bounced
            raise trouble(f"Notify refused it: {refused.status_code}.") from refused
        except requests.RequestException as away:
            raise Later("Notify does not answer.") from away
        return str(answer["id"])

    def standing(self, provider_id: str) -> str:
        """Ask what became of it."""
        try:
            answer = self.client.get_notification_by_id(provider_id)
        except (HTTPError, requests.RequestException):
            return ""
        return STANDING.get(str(answer["status"]), "")
