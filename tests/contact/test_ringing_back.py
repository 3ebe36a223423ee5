"""How somebody must not be reached stands before whoever may ring back, once a call says who it is."""

from dataclasses import replace

import pytest

from tests.shell.browsers import NUMBER, household

pytestmark = pytest.mark.database


def test_what_we_know_says_how_whoever_rings_must_not_be_reached(db, alice, auditor):
    from fellwatch.contact.pages import knowing
    from fellwatch.contact.pages.typed import Typed
    from fellwatch.foundation import clock
    from fellwatch.foundation.audit import chain
    from fellwatch.sharing.reach import actions
    from fellwatch.sharing.reach.values import NewRule

    now = clock.now()
    home = household(alice, now=now)
    never = NewRule(home.danielle, "call", "no", NUMBER, "self", words="He answers it.")
    actions.say(never, by=alice, now=now)
    typed = Typed({"caller_name": ["Danielle Hewett"], "caller_number": [NUMBER], "caller_born": ["4 March 1991"]})

    def shown(by):
        panel, _ = knowing.panel(typed, by=by, now=now)
        return [(one.tone, one.text, one.detail) for one in panel.alerts if "ring" in one.text]

    assert shown(alice) == [("danger", "Danielle Hewett: do not ring 07700 900142", "In their words: He answers it.")]
    assert "contact.known_read" in {line.sentence for line in chain.lines(by=auditor, person=home.danielle)}
    assert shown(replace(alice, permissions=alice.permissions - {"sharing.reach"})) == []
    actions.end(never.id, "He left for good, and she has the telephone.", by=alice, now=now)
    assert shown(alice) == []
