"""The papers, read back word by word and looked at as pages."""

import pytest

from tests.safeguarding.story import authorised, london, served

pytestmark = pytest.mark.database
MONDAY = london("2026-10-12 08:00")


def test_the_notice_says_grounds_terms_and_what_the_law_makes_it_state(people, nadia, vera):
    from fellwatch.safeguarding import papers, writing

    _, notice = served(people, nadia, vera, MONDAY)
    values = writing.notice(notice, by=nadia, now=MONDAY)
    said = papers.words("notice", values)
    for words in ("Marc Oddie", "kicked in the bedroom door", "Must not molest", "arrest without warrant", "48 hours"):
        assert words in said
    assert "does not want one" not in said, "what the victim thinks of it is not told to him"
    assert "invented" in said
    assert "Must not molest the protected person." in said, "no address where none is shared"
    assert "Must leave the premises (14 Tarn Row" in said
    (page, *_) = papers.pages("notice", values)
    assert page.startswith(b"\x89PNG")
    assert papers.pdf("notice", values).startswith(b"%PDF")


def test_the_pack_has_the_test_line_by_line_and_the_working_of_the_hearing_clock(people, nadia, vera):
    from fellwatch.safeguarding import papers, writing

    case, _ = served(people, nadia, vera, london("2026-10-16 22:15"))
    said = papers.words("pack", writing.pack(case, by=nadia, now=london("2026-10-17 09:00")))
    for words in ("Crime and Security Act 2010 s24(1)", "19 Oct", "does not want one", "Superintendent Vera Stang"):
        assert words in said


def test_the_statement_of_service_exists_only_after_service(people, nadia, vera):
    from fellwatch.records.queries import Missing
    from fellwatch.safeguarding import papers, writing

    _, waiting = authorised(people, nadia, vera, MONDAY)
    with pytest.raises(Missing):
        writing.service(waiting, by=nadia, now=MONDAY)
    _, notice = served(people, nadia, vera, MONDAY)
    said = papers.words("service", writing.service(notice, by=nadia, now=MONDAY))
    assert "PC 1234 Pike" in said
    assert "Mon 12 Oct 2026 08:00" in said


def test_each_paper_is_in_the_log_and_patrol_gets_none(people, nadia, vera, rosa, auditor):
    from fellwatch.foundation.access import Refused
    from fellwatch.foundation.audit import chain
    from fellwatch.safeguarding import writing

    _, notice = served(people, nadia, vera, MONDAY)
    writing.notice(notice, by=nadia, now=MONDAY)
    assert any(line.sentence == "safeguarding.paper_made" for line in chain.lines(by=auditor, action="disclosure"))
    with pytest.raises(Refused):
        writing.notice(notice, by=rosa, now=MONDAY)
