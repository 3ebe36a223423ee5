"""The stream that keeps open boards true: one listener a process, a word to each reader who may know."""

import asyncio
import json
import uuid
from collections import deque
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from urllib.parse import urlencode

import psycopg
from asgiref.sync import sync_to_async
from django.db import connection
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from fellwatch.contact import queries
from fellwatch.contact.access import READ
from fellwatch.contact.actions.steps import BOARD
from fellwatch.foundation import access
from fellwatch.foundation.access import can
from fellwatch.foundation.accounts.present import Present
from fellwatch.foundation.accounts.reader import reader

BEAT = 15
MOST_WAITING = 500
REMEMBERED = 50
AGAIN = "{}"
"""Something may have changed unheard: whoever is told it looks at all of their page again."""

OF_A_CONNECTION = {option.keyword.decode() for option in psycopg.pq.Conninfo.get_defaults()}
"""What PostgreSQL's library is told of a connection. Django keeps more beside it."""


def href(since: datetime) -> str:
    """Return where a page hears of what changed since the moment just before it was read."""
    return f"{reverse('contact:stream')}?{urlencode({'since': since.isoformat()})}"


@require_GET
def stream(request: HttpRequest) -> StreamingHttpResponse:
    """Stream which incidents changed, to somebody who may see boards: from `since` on, when their page was read."""
    by = reader(request)
    access.check(by, READ)
    present = Present(by.id, request.session.session_key)
    since = _moment(request.GET.get("since", ""))
    response = StreamingHttpResponse(_events(present, since), content_type="text/event-stream")
    response.headers["Content-Encoding"] = "identity"
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _moment(text: str) -> datetime | None:
    """Read an instant; None where it is none."""
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        return None
    return said if said.tzinfo else None


async def _events(reader: Present, since: datetime | None) -> AsyncIterator[bytes]:
    """Yield a word at once, then each change as it commits, the time when nothing happens, and when to look again."""
    inbox: asyncio.Queue[str] = asyncio.Queue(MOST_WAITING)
    async with hub.listening(inbox, since):
        yield _at()
        while True:
            message = await _next(inbox)
            told = await _told(uuid.UUID(message["incident"]) if message else None, reader)
            if told is None:
                return
            if message is None:
                yield _at()
            elif not message:
                yield b"event: again\ndata: {}\n\n"
            elif told:
                yield f"event: changed\ndata: {json.dumps(message)}\n\n".encode()


async def _next(inbox: "asyncio.Queue[str]") -> dict[str, str] | None:
    """Return the next message, an empty one where it is to look again, or None when it is time for a beat."""
    try:
        message: dict[str, str] = json.loads(await asyncio.wait_for(inbox.get(), BEAT))
    except TimeoutError:
        return None
    return message


def _at() -> bytes:
    return f"event: at\ndata: {datetime.now(UTC).isoformat()}\n\n".encode()


@sync_to_async
def _told(incident_id: uuid.UUID | None, reader: Present) -> bool | None:
    """Say whether the reader may know of the incident; None ends the stream."""
    try:
        by = reader.actor()
        if by is None or not can(by, READ).allowed:
            return None
        return incident_id is None or queries.may_know(incident_id, by=by)
    finally:
        connection.close()


class Hub:
    """One LISTEN for all the streams of a process; it starts with the first reader and stops with the last."""

    def __init__(self) -> None:
        self.inboxes: set[asyncio.Queue[str]] = set()
        self.task: asyncio.Task[None] | None = None
        self.heard: deque[tuple[datetime, str]] = deque(maxlen=REMEMBERED)

    def listening(self, inbox: "asyncio.Queue[str]", since: datetime | None = None) -> "_Place":
        """Return a place at the listener, kept while the reader is there; first they are told what came since then."""
        return _Place(self, inbox, since)

    def told(self, since: datetime | None) -> Sequence[str]:
        """Return what came since a moment, each word once, or to look again where that is not remembered any more.

        What is remembered begins with AGAIN, heard when the listener began; until then it is still to come.
        """
        if since is None or not self.heard:
            return ()
        if since < self.heard[0][0]:
            return (AGAIN,)
        return tuple(dict.fromkeys(word for at, word in self.heard if at >= since))

    async def run(self) -> None:
        """Hand on each message; a lost server is tried again every second. What changed meanwhile nobody heard."""
        while True:
            try:
                await self._listen()
            except psycopg.OperationalError:
                await asyncio.sleep(1)

    async def _listen(self) -> None:
        parts = connection.get_connection_params()
        wanted = {name: value for name, value in parts.items() if name in OF_A_CONNECTION and value}
        async with await psycopg.AsyncConnection.connect(autocommit=True, **wanted) as listener:
            await listener.execute(f"listen {BOARD}".encode())
            self._tell(AGAIN)
            async for notice in listener.notifies():
                self._tell(notice.payload)

    def _tell(self, word: str) -> None:
        """Put a word before every reader; whoever has fallen behind is told to look again instead."""
        self.heard.append((datetime.now(UTC), word))
        for inbox in self.inboxes:
            behind = inbox.full()
            while behind and not inbox.empty():
                inbox.get_nowait()
            inbox.put_nowait(AGAIN if behind else word)


class _Place:
    def __init__(self, hub: Hub, inbox: "asyncio.Queue[str]", since: datetime | None) -> None:
        self.hub, self.inbox, self.since = hub, inbox, since

    async def __aenter__(self) -> None:
        for word in self.hub.told(self.since):
            self.inbox.put_nowait(word)
        self.hub.inboxes.add(self.inbox)
        if self.hub.task is None or self.hub.task.done():
            self.hub.task = asyncio.create_task(self.hub.run())

    async def __aexit__(self, *_: object) -> None:
        self.hub.inboxes.discard(self.inbox)
        if not self.hub.inboxes and self.hub.task:
            self.hub.task.cancel()
            self.hub.heard.clear()  # What changes from now nobody hears.
            self.hub.task = None  # It takes a moment to end; whoever comes meanwhile starts another.


hub = Hub()
