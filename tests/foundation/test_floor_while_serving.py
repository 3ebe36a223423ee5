"""An upgrade while an older version serves: the floor is laid once whoever reads has let go."""

import threading

import psycopg
import pytest

pytestmark = pytest.mark.database


def test_a_table_that_is_being_read_is_waited_for(database, db):
    from django.conf import settings
    from django.db import connections
    from django.utils.module_loading import import_string

    from fellwatch.foundation.database import floor

    ended: list[str] = []

    def upgrade() -> None:
        try:
            floor.lay(import_string(settings.FELLWATCH_TABLES), import_string(settings.FELLWATCH_FLOOR))
            ended.append("laid")
        except Exception as refused:
            ended.append(repr(refused))
        finally:
            connections["owner"].close()

    with psycopg.connect(database) as reader:
        reader.execute("select count(*) from records_person")
        upgrading = threading.Thread(target=upgrade)
        upgrading.start()
        upgrading.join(4)
        assert (upgrading.is_alive(), ended) == (True, [])
        reader.rollback()
        upgrading.join(30)
    assert ended == ["laid"]


def test_what_is_wrong_with_the_floor_itself_is_told_at_once(database, db, tmp_path):
    from django.db import ProgrammingError

    from fellwatch.foundation.database import floor

    wrong = tmp_path / "wrong.sql"
    wrong.write_text("select nothing_of_the_kind()")
    with pytest.raises(ProgrammingError):
        floor.lay((), [wrong])
