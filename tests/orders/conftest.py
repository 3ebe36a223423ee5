"""Danielle's door, and bail that keeps Marc away from it."""

from dataclasses import replace
from datetime import timedelta

import pytest


@pytest.fixture
def at(alice, now, db):
    from tests.handheld.sent import door

    return door(alice, now)


@pytest.fixture
def home(at, alice, now):
    from fellwatch.records import queries

    return queries.incident(at.incident, by=alice, now=now).place


@pytest.fixture
def bailed(at, home, actor, now):
    """Put Marc on bail not to come to Danielle's home; return how to end it."""
    from fellwatch.orders import access, actions
    from fellwatch.orders.values import NewOrder
    from fellwatch.rules.legal_orders import Chosen

    maker = actor("Nadia Scar", "response_officer")
    maker = replace(maker, permissions=maker.permissions | {access.WRITE, access.READ})
    new = NewOrder(
        kind="police_bail",
        subject_id=at.marc,
        protected=(at.danielle,),
        chosen=(Chosen("no_contact", "Danielle, or through others"), Chosen("not_go", "14 Tarn Row")),
        made_by="PS 77 Gill",
        made_at=now,
        place_id=home.id,
        ends_at=now + timedelta(days=28),
    )
    actions.make(new, by=maker, now=now)
    return lambda at: actions.end(new.id, "discharged", "Charged and remanded.", at=at, by=maker, now=at)
