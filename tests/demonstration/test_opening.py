"""From an empty database to a board with calls on it."""

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest

from fellwatch.demonstration import cast, shape
from fellwatch.demonstration.signins import ACCOUNTS, SIGN_INS
from fellwatch.foundation import clock
from tests.conftest import EMPTY

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def opened(database: str) -> Iterator[list[str]]:
    """Bring in the county once for this file, and empty every table afterwards. Yields what each step said."""
    from fellwatch.demonstration import opening

    try:
        yield list(opening.steps(scale=0.01, seed=1))
    finally:
        with psycopg.connect(database, autocommit=True) as owner:
            owner.execute(EMPTY)


def test_a_cold_start_fills_the_board_and_a_second_changes_nothing(opened: list[str]) -> None:
    from fellwatch.contact.models import DeskItem, Handling
    from fellwatch.demonstration import opening
    from fellwatch.duties.models import Duty
    from fellwatch.foundation import access
    from fellwatch.foundation.accounts import roles
    from fellwatch.foundation.accounts.models import User

    assert opened[-1] == "15 calls open on the board."
    assert list(opening.steps(scale=0.01, seed=1)) == ["The county is here already."]
    users = {user.username: user for user in User.objects.all()}
    assert set(users) == {account.username for account in ACCOUNTS}
    assert not any(user.has_usable_password() for user in users.values())
    with access.acting(roles.actor(users["bob"])):
        waiting = Handling.objects.exclude(state="closed")
        assert waiting.count() == shape.at(0.01).open_incidents
        assert Duty.objects.filter(state="open", due_at__gt=clock.now()).exists()
        assert DeskItem.objects.exclude(state="done").exists()


def test_somebody_on_bail_comes_tomorrow_and_somebody_else_did_not_come(opened: list[str]) -> None:
    from fellwatch.foundation import access
    from fellwatch.foundation.accounts import roles
    from fellwatch.foundation.accounts.models import User
    from fellwatch.orders import bearing
    from fellwatch.response.models import BailAppointment

    rosa = roles.actor(User.objects.get(username="rosa"))
    with access.acting(rosa):
        waiting = BailAppointment.objects.filter(replaced_at=None, came_at=None)
        people = {one.missed_at is not None: one.release.suspect.person_id for one in waiting}
    said = {
        missed: [one.text for one in bearing.on([person], [], by=rosa, now=clock.now()) if "ail" in one.text]
        for missed, person in people.items()
    }
    assert len(said[True]) == len(said[False]) == 1
    assert said[True][0].endswith("did not answer bail: arrest")


def test_the_story_is_found_by_its_caller_and_the_silent_record_is_not(opened: list[str]) -> None:
    from fellwatch.foundation import access
    from fellwatch.foundation.accounts import roles
    from fellwatch.foundation.accounts.models import User
    from fellwatch.records.models import Incident, PersonPhone

    with access.acting(roles.actor(User.objects.get(username="alice"))):
        holders = PersonPhone.objects.filter(number=cast.DANIELLE.number).values_list("person_id", flat=True)
        assert [str(holder) for holder in holders] == [cast.DANIELLE.id]
        there = Incident.objects.filter(place_id=cast.TARN_ROW.id, received_at__gte=clock.now() - timedelta(days=365))
        assert there.count() == len(cast.DAYS_AGO)


def test_there_is_a_sign_in_for_every_role(database: str) -> None:
    from fellwatch.foundation.accounts import roles

    assert {role for _, role in SIGN_INS} == set(roles.roles()) - {"system"}
