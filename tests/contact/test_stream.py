"""The one listener of a process hears every change, whoever comes and goes."""

import asyncio
import json
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
            return inbox.get_nowait()

    assert asyncio.run(change_pages()) == NEWS


async def _heard(hub: Any, database: str) -> None:
    """Say the news until somebody has it: the listener starts with the first reader."""
    from fellwatch.contact.actions.steps import BOARD

    for _ in range(100):
        with psycopg.connect(database, autocommit=True) as owner:
            owner.execute("select pg_notify(%s, %s)", [BOARD, NEWS])
        await asyncio.sleep(0.05)
        if all(not inbox.empty() for inbox in hub.inboxes):
            return
    raise AssertionError("Nobody hears anything.")
