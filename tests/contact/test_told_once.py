"""Each letter asks what is known, and the log names everybody shown once for a call, not once for a letter."""

import re
import uuid
from datetime import timedelta

import pytest

from tests.shell.browsers import NUMBER, browser, household

pytestmark = pytest.mark.database


@pytest.fixture
def look(db, alice, auditor):
    """Ask for the panel with the page's own token; return the panel's HTML and what the log gained."""
    from fellwatch.foundation import clock
    from fellwatch.foundation.audit import chain

    home = household(alice, now=clock.now())
    client = browser("call_taker")

    def ask(call, part="known/", **typed):
        newest = max((line.id for line in chain.lines(by=auditor)), default=0)
        answer = client.post(f"/contact/calls/{call}/{part}", typed)
        assert answer.status_code == 200
        gained = (line for line in chain.lines(by=auditor) if line.id > newest)
        return answer.content.decode(), [line for line in gained if line.actor_name != auditor.name]

    ask.home = home
    ask.naming = lambda person: {line.id for line in chain.lines(by=auditor, person=person)}
    return ask


def token(html):
    return re.search(r'name="told" value="([^"]+)"', html)[1]


def test_one_entry_names_everybody_the_panel_shows_and_never_what_was_typed(look):
    call = uuid.uuid4()
    html, entries = look(call, caller_name="Danielle Hewett", caller_number=NUMBER)
    assert "Danielle" in html
    (read,) = [one for one in entries if one.sentence == "contact.known_read"]
    assert read.id in look.naming(look.home.danielle) & look.naming(look.home.marc)
    assert (read.subject_kind, read.subject_id) == ("call", str(call))
    assert read.detail["fields"] == ["name", "phone"]
    assert "hewett" not in str(read.detail).lower()
    assert {one.sentence for one in entries} <= {"contact.known_read", "records.place_read"}


def test_a_letter_that_shows_nobody_new_writes_nothing_and_the_next_that_does_names_all(look):
    call = uuid.uuid4()
    html, first = look(call, caller_name="Danielle Hewe", caller_number=NUMBER)
    assert first
    html, second = look(call, caller_name="Danielle Hewet", caller_number=NUMBER, told=token(html))
    assert "Danielle" in html
    assert second == []
    _, graded = look(call, "grade/", caller_name="Danielle Hewet", caller_number=NUMBER,
                     opening_code="domestic_incident", told=token(html))  # fmt: skip
    assert graded == []
    none, nobody = look(call, caller_name="Zzyzx Qqquux", told=token(html))
    assert "Danielle" not in none
    assert nobody == []
    _, other = look(call, caller_name="Danielle Hewett", caller_number=NUMBER)
    assert other, "without what the panel carries it is all logged"


def test_the_first_search_of_a_call_is_in_the_log_though_it_finds_nobody(look):
    _, entries = look(uuid.uuid4(), caller_name="Zzyzx Qqquux")
    assert [(one.sentence, one.people) for one in entries] == [("contact.known_read", 0)]


def test_what_another_call_or_another_reader_was_told_is_not_believed(look, alice, bob, now):
    from fellwatch.contact.pages.told import LASTS, Told

    call, typed = uuid.uuid4(), {"caller_name": "Danielle Hewett", "caller_number": NUMBER}
    html, _ = look(call, **typed)
    _, elsewhere = look(uuid.uuid4(), **typed, told=token(html))
    assert elsewhere
    for wrong in ("", "x", "\x00", "9" * 10_000, token(html)[:-1]):
        assert look(call, **typed, told=wrong)[1], wrong

    marc = uuid.uuid4()
    kept = Told.read("", call=call, by=alice, now=now).with_more([marc]).token(alice)
    assert not Told.read(kept, call=call, by=alice, now=now).lacks([marc])
    assert Told.read(kept, call=call, by=bob, now=now).lacks([marc])
    assert not Told.read(kept, call=call, by=alice, now=now + LASTS - timedelta(seconds=1)).lacks([marc])
    assert Told.read(kept, call=call, by=alice, now=now + LASTS).lacks([marc])
    renewed = Told.read(kept, call=call, by=alice, now=now + LASTS / 2).with_more([uuid.uuid4()]).token(alice)
    assert Told.read(renewed, call=call, by=alice, now=now + LASTS).lacks([marc]), "asking again makes it no younger"


def test_whoever_is_shown_besides_is_named_though_the_rest_was_told(look):
    call = uuid.uuid4()
    html, _ = look(call, caller_name="Marc Oddie ")
    _, entries = look(call, caller_name="Danielle Hewett", caller_number=NUMBER, told=token(html))
    (read,) = [one for one in entries if one.sentence == "contact.known_read"]
    assert read.id in look.naming(look.home.danielle)


def test_the_panel_counts_as_changed_when_only_its_history_does(look, alice, now):
    """A number nobody is known by, with an incident behind it: nobody is named, and yet there is something to show."""
    from fellwatch.contact import actions
    from tests.contact.calls import call as draft

    actions.log_incident(draft(now, caller_number="+447700900555", place=None, people=()), by=alice, now=now)
    id = uuid.uuid4()
    without, _ = look(id, caller_number="07700 900556")
    with_it, _ = look(id, caller_number="07700 900555")
    assert "Earlier contacts" in with_it
    assert "Earlier contacts" not in without
    signs = [re.search(r'data-signature="([^"]+)"', html)[1] for html in (without, with_it)]
    assert signs[0] != signs[1]
    assert re.search(r'data-signature="([^"]+)"', look(id, caller_number="07700 900555")[0])[1] == signs[1]
