"""The one listener of a process hears every change, whoever comes and goes."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

pytestmark = pytest.mark.database

NEWS = json.dumps({"incident": "0f1d7f6e-3b1c-5d0e-9a51-666565640001", "what": "logged"})


def test_a_reader_who_comes_as_the_last_one_leaves_hears_what_changes(database: str) -> None:
    from fellwatch.contact.pages.live import Hub

    async def change_pages() -> Any:
        hub = Hub()
        async with hub.listening(asyncio.Queue()):
            await _heard(hub, database)
        inbox: asyncio.Queue[str] = asyncio.Queue()
        async with hub.listening(inbox):
            await _heard(hub, database)
            return _said(inbox)

    assert NEWS in asyncio.run(change_pages())


def test_whoever_listens_is_told_to_look_again_once_a_lost_listener_is_back(database: str) -> None:
    from fellwatch.contact.actions.steps import BOARD
    from fellwatch.contact.pages.live import AGAIN, Hub

    async def lose_it() -> list[str]:
        hub = Hub()
        first, second = asyncio.Queue[str](), asyncio.Queue[str]()
        async with hub.listening(first), hub.listening(second):
            await _heard(hub, database)
            _said(first), _said(second)
            assert _cut_off() == 1
            with psycopg.connect(database, autocommit=True) as owner:
                owner.execute("select pg_notify(%s, %s)", [BOARD, NEWS])
            return [await asyncio.wait_for(inbox.get(), 20) for inbox in (first, second)]

    assert asyncio.run(lose_it()) == [AGAIN, AGAIN]


def test_whoever_has_fallen_behind_is_told_to_look_again_and_not_of_half(database: str) -> None:
    from fellwatch.contact.pages.live import AGAIN, Hub

    hub = Hub()
    quick, behind = asyncio.Queue[str](5), asyncio.Queue[str](2)
    hub.inboxes = {quick, behind}
    for word in ("a", "b", "c", "d"):
        hub._tell(word)
    assert (_said(quick), _said(behind)) == (["a", "b", "c", "d"], [AGAIN, "d"])


def test_a_page_is_told_to_look_again_in_an_event_of_its_own(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from fellwatch.contact.pages import live

    async def told(*_: object) -> bool:
        return True

    async def events() -> list[bytes]:
        monkeypatch.setattr(live, "hub", live.Hub())
        monkeypatch.setattr(live, "_told", told)
        stream = live._events(None, None)  # type: ignore[arg-type]
        found = [await asyncio.wait_for(anext(stream), 20) for _ in range(2)]
        await stream.aclose()  # type: ignore[attr-defined]
        return found

    at, again = asyncio.run(events())
    assert at.startswith(b"event: at")
    assert again == b"event: again\ndata: {}\n\n"


def test_what_changed_between_the_reading_of_a_page_and_its_first_word_is_told(database: str) -> None:
    from fellwatch.contact.pages.live import AGAIN, Hub

    hub, before = Hub(), datetime.now(UTC) - timedelta(seconds=1)
    for word in (AGAIN, "a", "b"):
        hub._tell(word)
    read = datetime.now(UTC)
    for word in ("b", "c", "b"):
        hub._tell(word)
    assert hub.told(read) == ("b", "c")
    assert hub.told(datetime.now(UTC)) == ()
    assert hub.told(None) == ()
    assert hub.told(before) == (AGAIN,)


def test_more_than_is_remembered_is_told_as_to_look_again_and_nothing_is_kept_when_nobody_listens(
    database: str,
) -> None:
    from fellwatch.contact.pages.live import AGAIN, REMEMBERED, Hub

    async def come_and_go() -> tuple[list[str], object]:
        hub, read = Hub(), datetime.now(UTC) - timedelta(seconds=1)
        first, second = asyncio.Queue[str](), asyncio.Queue[str]()
        async with hub.listening(first):
            for number in range(REMEMBERED + 1):
                hub._tell(str(number))
            async with hub.listening(second, read):
                found = _said(second)
        return found, hub.told(read)

    assert asyncio.run(come_and_go()) == ([AGAIN], ())


@pytest.mark.parametrize("since", ["", "yesterday", "2026-11-27T10:00:00"])
def test_a_page_that_does_not_say_when_it_was_read_is_told_what_comes(since: str) -> None:
    from fellwatch.contact.pages.live import _moment

    assert _moment(since) is None


def _said(inbox: "asyncio.Queue[str]") -> list[str]:
    """Take out all that waits."""
    return [inbox.get_nowait() for _ in range(inbox.qsize())]


def _cut_off() -> int:
    """End the connections that listen, as the application's own role; return how many there were."""
    from django.db import connection

    parts = connection.get_connection_params()
    wanted = {name: parts[name] for name in ("dbname", "user", "password", "host", "port") if parts.get(name)}
    ended = (
        "select count(pg_terminate_backend(pid)) from pg_stat_activity "
        "where datname = current_database() and query = 'listen ' || %s and pid <> pg_backend_pid()"
    )
    from fellwatch.contact.actions.steps import BOARD

    with psycopg.connect(autocommit=True, **wanted) as own:
        row = own.execute(ended, [BOARD]).fetchone()
        return int(row[0]) if row else 0


async def _heard(hub: Any, database: str) -> None:
    """Say the news until somebody has it: the listener starts with the first reader."""
    from fellwatch.contact.actions.steps import BOARD

    for _ in range(100):
        with psycopg.connect(database, autocommit=True) as owner:
            owner.execute("select pg_notify(%s, %s)", [BOARD, NEWS])
        await asyncio.sleep(0.05)
        if all(inbox.qsize() > 1 for inbox in hub.inboxes):
            return
    raise AssertionError("Nobody hears anything.")
