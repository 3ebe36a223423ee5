"""Mail by SMTP. A refusal for good is a bounce; anything else is tried again.

The Message-ID holds the message's own id, by which a bounce that comes back later is known.
"""

import smtplib
from email.message import EmailMessage

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.message import EmailMessage as Mail

from fellwatch.sharing.post.troubles import Bounced, Held, Later

FOR_GOOD = range(500, 600)


class Smtp:
    """Hand mail to the force's own server."""

    def send(self, id: str, channel: str, address: str, subject: str, text: str) -> str:
        """Hand over one message; return its Message-ID."""
        if channel != "mail":
            raise Held("This installation can send mail only. Telephone instead.")
        named = f"<{id}@fellwatch.invalid>"
        mail = Mail(
            subject, text, settings.DEFAULT_FROM_EMAIL, [address],
            headers={"Message-ID": named, "Auto-Submitted": "auto-generated"},
        )  # fmt: skip
        try:
            with get_connection("django.core.mail.backends.smtp.EmailBackend", timeout=20) as server:
                server.send_messages([mail])
        except smtplib.SMTPRecipientsRefused as refused:
            code, said = next(iter(refused.recipients.values()))
            raise (Bounced if code in FOR_GOOD else Later)(f"{code} {said.decode(errors='replace')}"[:300]) from refused
        except smtplib.SMTPResponseException as refused:
            raise Later(f"{refused.smtp_code} {refused.smtp_error!r}"[:300]) from refused
        except (OSError, smtplib.SMTPException) as trouble:
            raise Later(f"The mail server does not answer: {type(trouble).__name__}.") from trouble
        return named

    def standing(self, provider_id: str) -> str:
        """Say nothing: a mail server tells of a bounce by a mail of its own."""
        return ""


def message_of(bounce: EmailMessage) -> tuple[str, str] | None:
    """Return the id of our message that a delivery report is about, and its reason; None where it reports no failure.

    Reads RFC 3464: the part message/delivery-status for what happened, the returned headers for which message.
    """
    action, reason, id = "", "", ""
    for part in bounce.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in part.get_payload():
                action = str(block.get("Action", action)).casefold()  # type: ignore[union-attr]
                reason = str(block.get("Diagnostic-Code", reason))  # type: ignore[union-attr]
        text = part.as_string() if part.get_content_type() in {"text/rfc822-headers", "message/rfc822"} else ""
        for line in text.splitlines():
            if line.casefold().startswith("message-id:") and "@fellwatch.invalid" in line:
                id = line.partition("<")[2].partition("@")[0]
    return (id, reason) if id and action == "failed" else None
