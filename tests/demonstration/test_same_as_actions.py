"""Rows that COPY puts in are the rows that the actions would have written, column for column."""

from datetime import datetime, timedelta
from types import ModuleType

import psycopg
import pytest

from fellwatch.demonstration import shape
from fellwatch.demonstration.rows import TABLES
from fellwatch.foundation.access import Actor
from tests.demonstration.small import NOW

pytestmark = pytest.mark.database


@pytest.fixture
def replay(database: str) -> ModuleType:
    """Return what replays a batch, once Django is ready."""
    from tests.demonstration import replay

    return replay


CODES = ("domestic_incident", "missing_person", "violence", "asb_nuisance", "abandoned_call", "mental_health_incident")


@pytest.mark.parametrize("code", CODES)
def test_a_generated_incident_is_what_logging_sending_and_closing_would_store(
    db: None, alice: Actor, system: Actor, code: str, replay: ModuleType
) -> None:
    replay.hold_incident(code, alice=alice, system=system)


def test_generated_people_are_what_adding_them_would_store(db: None, alice: Actor, replay: ModuleType) -> None:
    replay.hold_people(alice=alice)


def test_a_generated_place_is_what_its_address_and_postcode_would_store(
    db: None, alice: Actor, system: Actor, replay: ModuleType
) -> None:
    replay.hold_place(alice=alice, system=system)


def test_rows_name_every_column_of_their_table_that_the_database_does_not_fill(
    database: str, replay: ModuleType
) -> None:
    from django.apps import apps

    columns = {
        model._meta.db_table: {field.column for field in model._meta.concrete_fields} - replay.kept_there(model)
        for model in apps.get_models()
    }
    for kind, table in TABLES.items():
        assert set(kind._fields) == columns[table], table  # type: ignore[attr-defined]


def test_a_load_broken_off_goes_on_and_a_finished_one_is_left_alone(
    committed: str, database: str, system: Actor
) -> None:
    from fellwatch.demonstration import loader, ruling

    def load(now: datetime, progress: object = None) -> loader.Loaded:
        return loader.load(owner, scale=0.01, seed=1, now=now, by=system, rule=ruling.ruler, progress=progress)  # type: ignore[arg-type]

    def broken(done: int, total: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    with psycopg.connect(database, autocommit=True) as owner:
        with pytest.raises(KeyboardInterrupt):
            load(NOW, broken)
        loaded = load(NOW + timedelta(hours=3))
        assert loaded.setting.now == NOW
        counts = owner.execute("select count(*), count(distinct created_at) from records_incident").fetchone()
        assert counts is not None
        assert counts[0] + len(loaded.calls) == shape.at(0.01).incidents
        again = load(NOW)
        assert again.rows == {}
        loader.say_opened(owner, system, len(again.calls))
        assert load(NOW).already
        entries = owner.execute("select count(*) from foundation_auditentry where sentence like '%batch_loaded'")
        assert entries.fetchone() == (26,)
        with pytest.raises(loader.NotEmpty, match="Here already"):
            loader.load(owner, scale=0.1, seed=1, now=NOW, by=system, rule=ruling.ruler)
