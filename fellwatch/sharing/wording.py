"""What outgoing messages say: that something waits, and where to sign in. No name, no number, nothing of a case."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core import signing

SIGNER = signing.Signer(salt="fellwatch.sharing.invitation")


@dataclass(frozen=True)
class Words:
    """A message's subject and text. The link is put under it."""

    subject: str
    text: str


WORDS: Mapping[str, Words] = {
    "waits": Words(
        "Something waits for your agency",
        "The police have sent your agency something that needs an answer. Sign in to read it.",
    ),
    "recalled": Words(
        "Something was taken back",
        "The police have taken back something that they sent to your agency. Sign in, and say that nothing was kept.",
    ),
    "reminder": Words(
        "Something still waits for your agency",
        "Something that the police sent to your agency has no answer yet, and its time is nearly over or past. "
        "Sign in to answer it.",
    ),
    "school": Words(
        "A notice from the police waits for your school",
        "The police have sent your school a notice that should be read before the school day begins. Sign in to read "
        "it. If you cannot sign in, telephone 101.",
    ),
    "school_reminder": Words(
        "Not opened yet: a notice from the police",
        "A notice that the police sent to your school has not been opened, and school begins soon. Sign in to read it, "
        "or telephone 101.",
    ),
    "school_more": Words(
        "More was added to a notice from the police",
        "The police have added to a notice that your school has opened. Sign in to read it.",
    ),
    "invitation": Words(
        "You are invited to sign in for your agency",
        "Somebody who looks after your agency's people has invited you. The link works once, for seven days. "
        "If you did not expect this, tell them and do not use it.",
    ),
    "told_back": Words(
        "Something you raised has an outcome",
        "Something that you raised has an outcome. Sign in to read it.",
    ),
    "asked": Words(
        "A meeting waits for what your agency knows",
        "Your agency is asked what it knows before a meeting and has not answered yet. Its time is nearly over or "
        "past. Sign in to answer.",
    ),
    "meeting": Words(
        "A meeting waits for your agency",
        "Your agency is asked to a meeting. Sign in to see when and where, and to say who comes.",
    ),
    "meeting_moved": Words(
        "A meeting that your agency is asked to was changed",
        "A meeting that your agency is asked to has another time or another place. Sign in to see when and where, and "
        "to say who comes.",
    ),
    "meeting_off": Words(
        "A meeting that your agency was asked to was called off",
        "A meeting that your agency was asked to does not take place. Sign in to see which.",
    ),
}


def subject(kind: str) -> str:
    """Return a message's subject."""
    return WORDS[kind].subject


def text(kind: str, path: str, about: uuid.UUID | None = None) -> str:
    """Return a message's text with its link. An invitation's link is signed here, and written down nowhere."""
    words = WORDS[kind]
    path = f"/partner/invitation/{invitation(about)}/" if kind == "invitation" and about else path
    return f"{words.text}\n\n{settings.FELLWATCH_ADDRESS}{path}\n\n{settings.FELLWATCH_FORCE_NAME}\n"


def invitation(id: uuid.UUID) -> str:
    """Return the secret of an invitation's link."""
    return SIGNER.sign(id.hex).replace(":", "~")


def invited(secret: str) -> uuid.UUID | None:
    """Return the invitation a secret belongs to; None where it was not signed here."""
    try:
        return uuid.UUID(SIGNER.unsign(secret.replace("~", ":")))
    except (signing.BadSignature, ValueError):
        return None
