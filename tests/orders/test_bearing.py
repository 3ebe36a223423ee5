"""Live orders reach whoever goes to the door or takes the call, whoever of those concerned is named first."""

from dataclasses import replace
from datetime import timedelta

import pytest

pytestmark = pytest.mark.database


def test_bail_bears_on_whom_it_binds_whom_it_protects_and_the_address_it_names(at, home, bailed, alice, now):
    from fellwatch.orders import bearing

    for people, places in (([at.marc], []), ([at.danielle], []), ([], [home.id])):
        (one,) = bearing.on(people, places, by=alice, now=now)
        assert (one.tone, one.text) == ("danger", "Marc Oddie: Bail until 19 Dec 2026 23:40")
        assert "Must not go to or near a place: 14 Tarn Row." in one.detail
        assert "Protects Danielle Hewett." in one.detail
        assert "Arrest without warrant" in one.detail
    assert one.text_at(home.id).endswith("names this address")
    assert bearing.on([], [at.incident], by=alice, now=now) == ()


def test_bail_that_has_run_out_or_was_ended_bears_on_nobody(at, bailed, alice, now):
    from fellwatch.orders import bearing

    assert bearing.on([at.marc], [], by=alice, now=now + timedelta(days=28)) == ()
    bailed(now + timedelta(hours=2))
    assert bearing.on([at.marc], [], by=alice, now=now + timedelta(hours=3)) == ()


def test_everybody_an_order_names_is_in_the_log_unless_the_caller_logs(at, bailed, alice, auditor, now):
    from fellwatch.foundation.audit import chain
    from fellwatch.orders import bearing

    bearing.on([at.marc], [], by=alice, now=now, log=False)
    assert "orders.read" not in {line.sentence for line in chain.lines(by=auditor, person=at.danielle)}
    bearing.on([at.marc], [], by=alice, now=now)
    assert "orders.read" in {line.sentence for line in chain.lines(by=auditor, person=at.danielle)}


def test_the_panel_of_a_call_warns_of_bail_before_anything_else(at, home, bailed, alice, now):
    from fellwatch.contact.pages import knowing
    from fellwatch.contact.pages.typed import Typed

    typed = Typed({"address": ["14 Tarn Row"], "postcode": ["FZ1 1AA"]})
    shown, _ = knowing.panel(typed, by=alice, now=now)
    assert shown.alerts[0].text == "Marc Oddie: Bail until 19 Dec 2026 23:40, names this address"
    outside = replace(alice, permissions=alice.permissions - {"orders.read"})
    unseen, _ = knowing.panel(typed, by=outside, now=now)
    assert not any("Bail" in one.text for one in unseen.alerts)


def test_the_handhelds_card_warns_of_it_and_changes_when_it_ends(at, bailed, actor, now, auditor):
    from fellwatch.foundation.audit import chain
    from fellwatch.handheld import queries

    rosa = actor("Rosa Pike", "response_officer", "")
    (card,) = queries.day({}, [], by=rosa, now=now).cards
    assert card["warnings"][0]["text"].startswith("Marc Oddie: Bail until")
    assert "handheld.card_sent" in {line.sentence for line in chain.lines(by=auditor, person=at.marc)}
    have = {card["id"]: card["mark"]}
    assert queries.day(have, [], by=rosa, now=now).cards == ()
    bailed(now + timedelta(minutes=5))
    (after,) = queries.day(have, [], by=rosa, now=now + timedelta(minutes=10)).cards
    assert after["warnings"] == []
