"""A worker that dies half way: what was stored stands, nothing is half joined, and the next one goes on."""

import os
import signal
import subprocess
import sys

import pytest

from tests.communities import partner

pytestmark = pytest.mark.database

# Link in chunks of two, and die by the hand that no process can stop while the third chunk is being stored.
DIE = """
import os, signal, sys, uuid
import django
django.setup()
from fellwatch.communities import linking
from fellwatch.foundation import clock
from fellwatch.foundation.accounts import roles
from fellwatch.records import sources
linking.CHUNK = 2
stored, seen = sources.join_many, []
def join_many(*given, **named):
    found = stored(*given, **named)
    seen.append(1)
    if len(seen) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return found
sources.join_many = join_many
linking.advance(uuid.UUID(sys.argv[1]), by=roles.system("linkage"), now=clock.now())
"""


def test_killed_half_way_it_goes_on_and_nothing_is_half_linked(committed, tmp_path, alice, manager, now):
    from fellwatch.communities import actions, linking
    from fellwatch.communities.models import LinkRun
    from fellwatch.foundation import access
    from fellwatch.foundation.accounts import roles
    from fellwatch.records.models import PersonName, SourceRecord

    partner.people(alice, now)
    rows = [(f"SC-{n}", "Danielle", "Hewitt" if n % 2 else "Hewett", *partner.ROWS[0][3:8], "") for n in range(12)]
    partner.take_in(partner.write(tmp_path / "care.csv", rows), manager, now)
    run = actions.start("social_care", by=manager, now=now)
    died = subprocess.run([sys.executable, "-c", DIE, str(run)], env=dict(os.environ), check=False)
    assert died.returncode == -signal.SIGKILL
    with access.acting(manager):
        joined = SourceRecord.objects.filter(person__isnull=False)
        assert joined.count() == LinkRun.objects.get(id=run).done == 4
        assert PersonName.objects.filter(surname="Hewitt").count() == 1
    linking.advance(run, by=roles.system("linkage"), now=now)
    with access.acting(manager):
        assert SourceRecord.objects.filter(person__isnull=False).count() == 12
        assert PersonName.objects.filter(surname="Hewitt").count() == 1
        assert LinkRun.objects.get(id=run).state == "finished"
