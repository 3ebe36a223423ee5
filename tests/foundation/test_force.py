"""An installation that is no demonstration serves nobody until it is said whose it is."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.database

ROOT = Path(__file__).resolve().parent.parent.parent
DOORS = {
    "run": ("-m", "fellwatch.cli", "run"),
    "worker": ("-m", "fellwatch.cli", "worker"),
    "user add": (
        "-m", "fellwatch.cli", "user", "add", "erin", "--name", "Erin Howe", "--role", "auditor", "--team", "audit",
        "--without-password",
    ),
    "pages": ("-c", "import fellwatch.config.asgi"),
}  # fmt: skip


def _opened(words, **more):
    kept = {k: v for k, v in os.environ.items() if k != "FELLWATCH_DEMONSTRATION" and "FELLWATCH_FORCE" not in k}
    run = [sys.executable, *words]
    with tempfile.TemporaryDirectory() as folder:
        own = {**kept, "FELLWATCH_VAR": folder, **more}
        return subprocess.run(run, env=own, cwd=ROOT, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("door", DOORS)
def test_a_door_stays_shut_until_the_force_is_named(database, door):
    tried = _opened(DOORS[door], FELLWATCH_FORCE_NAME="Eastmere Constabulary")
    assert tried.returncode == 1
    assert "set FELLWATCH_FORCE. " in tried.stderr
    assert "Fellshire" not in tried.stdout + tried.stderr


def test_a_force_whose_code_no_rule_could_reach_is_told_so(database):
    tried = _opened(DOORS["worker"], FELLWATCH_FORCE="Eastmere", FELLWATCH_FORCE_NAME="Eastmere Constabulary")
    assert tried.returncode == 1
    assert "FELLWATCH_FORCE is 'Eastmere', which is not an area's code" in tried.stderr


@pytest.mark.parametrize(("folder", "because"), [("fellshire", "says the code 'X23000099'"), ("nowhere", "not there")])
def test_a_force_does_not_serve_with_the_rules_of_another(database, folder, because):
    named = {"FELLWATCH_FORCE": "E99000001", "FELLWATCH_FORCE_NAME": "Eastmere Constabulary"}
    tried = _opened(DOORS["worker"], **named, FELLWATCH_FORCE_FOLDER=folder)
    assert tried.returncode == 1
    assert because in tried.stderr


def test_the_database_is_brought_up_to_date_for_whoever_it_is(database):
    assert _opened(("-m", "fellwatch.cli", "database", "upgrade")).returncode == 0


def test_a_force_without_rules_of_its_own_has_the_national_core_and_no_other_force_s(database):
    program = (
        "from fellwatch.cli.django_setup import ready; ready()\n"
        "from datetime import date; from fellwatch.foundation import policy\n"
        "numbers = [one.number for one in policy.rulebook().rule('attendance').versions]\n"
        "print(policy.rulebook().force, max(numbers), policy.version('attendance', date(2026, 11, 21)).number)"
    )
    named = {"FELLWATCH_FORCE": "E99000001", "FELLWATCH_FORCE_NAME": "Eastmere Constabulary"}
    assert _opened(("-c", program), **named).stdout.split() == ["None", "2", "2"]


def test_a_command_beside_a_running_demonstration_is_of_its_force_and_signs_nobody_in_by_one_click(database, tmp_path):
    (tmp_path / "demonstration").touch()
    program = (
        "from fellwatch.cli.django_setup import ready; ready()\n"
        "from django.conf import settings; print(settings.FELLWATCH_FORCE, settings.DEMONSTRATION)"
    )
    assert _opened(("-c", program), FELLWATCH_VAR=str(tmp_path)).stdout == "X23000099 False\n"


def test_no_page_is_served_by_processes_that_would_each_sign_with_a_key_of_their_own(database):
    tried = _opened(DOORS["pages"], FELLWATCH_DEMONSTRATION="1", FELLWATCH_SECRET_KEY="")
    assert tried.returncode == 1
    assert "Set FELLWATCH_SECRET_KEY: one long random text" in tried.stderr


def test_a_demonstration_is_the_invented_county_without_being_told(database):
    program = "from fellwatch.config import settings; print(settings.FELLWATCH_FORCE, settings.FELLWATCH_FORCE_NAME)"
    assert _opened(("-c", program), FELLWATCH_DEMONSTRATION="1").stdout == "X23000099 Fellshire Police\n"
    assert _opened(("-c", program)).stdout == " \n"
