"""When bail is answered: the last day by law or an exception with its reason, changed, kept, not kept, put right."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.response.answering import soon

pytestmark = pytest.mark.database

ARRESTED = datetime(2026, 3, 2, 14, tzinfo=UTC)
RELEASED = ARRESTED + timedelta(hours=20)
LAST = datetime(2026, 6, 2, 9, tzinfo=UTC)
STATION = "Skelmoss police station"
HOUR = timedelta(hours=1)


def _refused(step):
    from fellwatch.assessments.values import Invalid

    with pytest.raises(Invalid) as wrong:
        step()
    return wrong.value.problems


def appointment(at=LAST, station=STATION, exception="", because=""):
    from fellwatch.response.values import NewAppointment

    return NewAppointment(at, station, exception, because)


@pytest.fixture
def bail(house, rosa):
    """Return a function that arrests and bails Marc."""
    from fellwatch.response import actions, queries
    from fellwatch.response.values import NewRelease

    def go(answer, *, arrested_at=ARRESTED, conditions=(("no_contact", "Danielle Hewett"),), kind="bail"):
        actions.arrest(
            house.incident_id, house.suspect, arrested_at=arrested_at, offence="Assault", by=rosa, now=arrested_at
        )
        at = arrested_at + (RELEASED - ARRESTED)
        (suspect,) = queries.scene(house.incident_id, by=rosa, now=at).suspects
        said = (kind, at, "inspector", "Insp 2 Jo Pass", "To safeguard her.", conditions, "Agrees.")
        actions.release(suspect.id, NewRelease(*said, answer=answer), by=rosa, now=at)
        return shown(house, rosa).id

    return go


def shown(house, by):
    from fellwatch.response import queries

    (suspect,) = queries.scene(house.incident_id, by=by, now=RELEASED).suspects
    return suspect.releases[-1]


def card(person, by, now):
    """Return what the next officer's card says of bail: (tone, text, detail)."""
    from fellwatch.cards import composing

    lines = composing.of_person(person, by=by, now=now).lines
    return [(one.tone, one.text, one.detail) for one in lines if "bail" in one.text.lower()]


@pytest.mark.parametrize(
    ("arrested", "last"),
    [
        ("2026-03-02", "2026-06-02"),
        ("2026-11-29", "2027-02-28"),
        ("2026-11-30", "2027-02-28"),
        ("2026-08-31", "2026-11-30"),
        ("2024-02-29", "2024-05-31"),
        ("2026-12-30", "2027-03-30"),
        ("2022-10-27", "2022-11-24"),
        ("2022-10-28", "2023-01-28"),
        ("2018-11-05", "2018-12-03"),
    ],
)
def test_bail_is_answered_on_its_last_day_as_the_law_of_the_arrest_counts(bail, house, rosa, arrested, last):
    arrested_at = datetime.fromisoformat(f"{arrested}T14:00:00+00:00")
    at = datetime.fromisoformat(f"{last}T09:00:00+00:00")
    next_day, day_before = at + timedelta(days=1), at - timedelta(days=1)
    assert set(_refused(lambda: bail(appointment(next_day), arrested_at=arrested_at))) == {"answer_at"}
    assert set(_refused(lambda: bail(appointment(day_before), arrested_at=arrested_at))) == {"exception"}
    bail(appointment(at), arrested_at=arrested_at)
    assert shown(house, rosa).appointed.answer_at == at


def test_an_exception_is_one_of_the_laws_and_has_its_reason(bail, house, rosa):
    sooner = LAST - timedelta(days=20)
    assert set(_refused(lambda: bail(appointment(sooner, exception="other_bail")))) == {"appoint_because"}
    assert set(_refused(lambda: bail(appointment(sooner, exception="holiday", because="His.")))) == {"exception"}
    needless = _refused(lambda: bail(appointment(exception="other_bail", because="Theft.")))
    assert needless == {"exception": "This is the last day of bail: it is no exception."}
    bail(appointment(sooner, exception="other_bail", because="Theft, FS/26/1044."))
    found = shown(house, rosa).appointed
    assert (found.exception, found.because) == ("On the day of other bail that they answer", "Theft, FS/26/1044.")


def test_what_is_missing_or_past_is_told_beside_its_field(bail):
    assert set(_refused(lambda: bail(appointment(None, station=" ")))) == {"answer_at", "station"}
    assert set(_refused(lambda: bail(appointment(RELEASED)))) == {"answer_at"}
    assert set(_refused(lambda: bail(appointment(station="\x00")))) == {"station"}


def test_the_last_minute_of_the_last_day_is_bail_and_the_next_midnight_is_not(bail, house, rosa):
    midnight = datetime(2026, 6, 2, 23, tzinfo=UTC)
    assert set(_refused(lambda: bail(appointment(midnight)))) == {"answer_at"}
    bail(appointment(midnight - timedelta(minutes=1)))
    assert shown(house, rosa).ends_at == midnight


def test_nobody_under_investigation_has_a_day_to_come_back(bail):
    wrong = _refused(lambda: bail(appointment(), kind="under_investigation", conditions=()))
    assert "must come back" in wrong["answer_at"]


def test_whoever_meets_him_reads_when_and_where_he_answers_bail(bail, house, rosa):
    bail(appointment())
    ((tone, text, detail),) = card(house.suspect, rosa, RELEASED)
    assert (tone, text) == ("danger", "Marc Oddie: Bail until 3 Jun 2026 00:00")
    assert "To answer bail at Skelmoss police station on Tue 2 Jun 2026 10:00." in detail
    assert "To answer bail" in card(house.victim, rosa, RELEASED)[0][2]


def test_bail_without_conditions_says_it_too(bail, house, rosa):
    bail(appointment(), conditions=())
    assert card(house.suspect, rosa, RELEASED) == [
        (
            "warn",
            "Marc Oddie: on bail until 3 Jun 2026",
            "Without conditions. To answer bail at Skelmoss police station on Tue 2 Jun 2026 10:00.",
        )
    ]


def test_another_day_replaces_the_first_says_why_and_keeps_it_readable(bail, house, rosa, owed):
    from fellwatch.response import actions

    release = bail(appointment())
    new = appointment(LAST + HOUR, "Brackenholt police station")
    at = RELEASED + timedelta(days=1)
    unsaid = _refused(lambda: actions.appoint(release, new, by=rosa, now=at))
    assert set(unsaid) == {"appoint_because"}
    told = appointment(LAST + HOUR, "Brackenholt police station", because="He moved. Told by letter.")
    for _ in range(2):
        actions.appoint(release, told, by=rosa, now=at)
    first, second = shown(house, rosa).appointments
    assert (first.station, first.replaced_at, second.replaced_at) == (STATION, at, None)
    assert "Brackenholt police station on Tue 2 Jun 2026 11:00" in card(house.suspect, rosa, at)[0][2]
    assert sorted(owed(house.incident_id, "bail_answered")) == ["open", "replaced"]


def test_an_extension_asks_for_the_last_day_anew(bail, house, rosa):
    from fellwatch.response import actions
    from fellwatch.response.values import NewExtension

    release = bail(appointment())
    at = datetime(2026, 6, 1, 20, tzinfo=UTC)

    def extend(answer):
        new = NewExtension("6_months", at, "inspector", "Insp 2 Jo Pass", "Phone.", "None made.", answer)
        actions.extend(release, new, by=rosa, now=at)

    assert set(_refused(lambda: extend(appointment()))) == {"exception"}
    extend(appointment(datetime(2026, 9, 2, 9, tzinfo=UTC)))
    assert [one.answer_at.month for one in shown(house, rosa).appointments] == [6, 9]
    assert "on Wed 2 Sep 2026 10:00" in card(house.suspect, rosa, at)[0][2]


def test_nobody_has_failed_before_the_hour_and_a_silence_after_it_is_said(bail, house, rosa):
    from fellwatch.response import actions

    release = bail(appointment())
    early = _refused(lambda: actions.did_not_come(release, "Rang twice.", by=rosa, now=LAST - HOUR))
    assert early == {"missed_words": "They need not come before Tue 2 Jun 2026 10:00."}
    assert set(_refused(lambda: actions.did_not_come(release, " ", by=rosa, now=LAST))) == {"missed_words"}
    assert "nobody has recorded whether they came" in card(house.suspect, rosa, LAST + HOUR)[0][2]


@pytest.mark.parametrize("conditions", [(), (("no_contact", "Danielle Hewett"),)])
def test_whoever_did_not_come_may_be_arrested_also_when_bail_is_over_until_it_is_put_right(
    bail, house, rosa, owed, conditions
):
    from fellwatch.foundation.accounts import roles
    from fellwatch.orders import actions as orders
    from fellwatch.response import actions
    from fellwatch.response.values import Came

    release = bail(appointment(), conditions=conditions)
    for _ in range(2):
        actions.did_not_come(release, "Rang twice; not at home.", by=rosa, now=LAST + HOUR)
    assert owed(house.incident_id, "bail_answered") == ["met"]
    assert owed(house.incident_id, "bail_not_answered") == ["open"]
    after = datetime(2026, 6, 3, 8, tzinfo=UTC)
    orders.run_out(by=roles.system("order-clock"), now=after)
    for now in (LAST + HOUR, after):
        ((tone, text, detail),) = card(house.suspect, rosa, now)
        assert (tone, text) == ("danger", "Marc Oddie: did not answer bail: arrest")
        assert "Police and Criminal Evidence Act 1984 s46A(1)" in detail
    came = Came(after, "arrested", "At his mother's.")
    for _ in range(2):
        actions.came(release, came, by=rosa, now=after)
    assert owed(house.incident_id, "bail_not_answered") == ["met"]
    assert not any("arrest" in text for _, text, _ in card(house.suspect, rosa, after))
    assert shown(house, rosa).appointed.missed_words == "Rang twice; not at home."


def test_another_day_waits_until_a_failure_is_put_right(bail, house, rosa):
    from fellwatch.response import actions
    from fellwatch.response.values import Came

    release = bail(soon(RELEASED))
    missed = RELEASED + timedelta(days=14)
    actions.did_not_come(release, "Waited an hour.", by=rosa, now=missed)
    again = appointment(because="Bailed again; told at the desk.")
    assert "did not come" in _refused(lambda: actions.appoint(release, again, by=rosa, now=missed))["answer_at"]
    actions.came(release, Came(missed + HOUR, "came", "An hour late: his bus."), by=rosa, now=missed + HOUR)
    actions.appoint(release, again, by=rosa, now=missed + HOUR)
    assert "To answer bail" in card(house.suspect, rosa, missed + HOUR)[0][2]


def test_an_arrest_for_not_coming_needs_the_failure_and_its_hour(bail, rosa):
    from fellwatch.response import actions
    from fellwatch.response.values import Came

    release = bail(appointment())

    def came(how, at, now=LAST + HOUR):
        return _refused(lambda: actions.came(release, Came(at, how), by=rosa, now=now))

    assert set(came("arrested", LAST)) == {"came_how"}
    assert set(came("", None)) == {"came_how", "came_at"}
    assert set(came("came", RELEASED - HOUR)) == {"came_at"}
    actions.did_not_come(release, "Rang.", by=rosa, now=LAST)
    assert set(came("arrested", LAST - HOUR)) == {"came_at"}


def test_a_charge_asks_nobody_to_come_any_more(bail, house, rosa, owed):
    from fellwatch.foundation.accounts import roles
    from fellwatch.orders import actions as orders
    from fellwatch.response import actions, queries

    release = bail(appointment())
    actions.did_not_come(release, "Rang.", by=rosa, now=LAST)
    after = LAST + timedelta(days=2)
    orders.run_out(by=roles.system("order-clock"), now=after)
    (suspect,) = queries.scene(house.incident_id, by=rosa, now=after).suspects
    actions.charge(suspect.id, charged_at=after, by=rosa, now=after)
    assert card(house.suspect, rosa, after) == []
    assert owed(house.incident_id, "bail_not_answered") == ["replaced"]


def test_a_call_about_him_warns_whoever_answers_it(bail, house, rosa, alice):
    from fellwatch.orders import bearing
    from fellwatch.response import actions

    release = bail(appointment())
    actions.did_not_come(release, "Rang.", by=rosa, now=LAST)
    (one,) = bearing.on([house.suspect], [], by=alice, now=LAST + timedelta(days=3))
    assert (one.tone, one.text) == ("danger", "Marc Oddie: did not answer bail: arrest")


def test_where_a_prosecutor_has_the_file_another_day_needs_no_exception(bail, house, rosa):
    from fellwatch.response import actions

    release = bail(appointment())
    sent = RELEASED + timedelta(days=30)
    actions.send_to_prosecutor(release, sent_at=sent, by=rosa, now=sent)
    later = appointment(LAST + timedelta(days=40), because="The prosecutor has it. Told by letter.")
    actions.appoint(release, later, by=rosa, now=sent)
    assert shown(house, rosa).appointed.answer_at == later.at


def test_on_the_page_a_failure_needs_words_then_names_the_power_until_he_is_found(bail, house):
    from django.urls import reverse

    from fellwatch.foundation import clock
    from fellwatch.shell import times
    from tests.shell.browsers import browser

    arrested_at = clock.now() - timedelta(days=20)
    due = clock.now() - 2 * HOUR
    release = bail(appointment(due, exception="decision_sooner", because="The telephone."), arrested_at=arrested_at)
    door, where = browser("response_officer"), [house.incident_id, house.suspect]

    def post(step, **typed):
        return door.post(reverse(f"response:{step}", args=where), {"release": str(release), **typed}, follow=True)

    wrong = post("missed", missed_words=" ")
    assert wrong.status_code == 422
    assert 'href="#missed_words"' in wrong.text
    assert "Say what was tried" in wrong.text
    missed = post("missed", missed_words="Rang twice.")
    assert "Did not come" in missed.text
    assert f"Was to answer bail at Skelmoss police station on {times.at(due)}" in missed.text
    assert "s46A(1)" in missed.text
    kept = post("came", came_how="arrested", came_at="", came_words="At his mother's.")
    assert kept.status_code == 422
    assert "At his mother&#39;s." in kept.text
    found = post("came", came_how="arrested", came_at=f"{clock.london(clock.now()):%Y-%m-%dT%H:%M}")
    assert "s46A(1)" not in found.text
    assert "Arrested" in found.text
    assert "Did not come" in found.text


def test_on_the_page_an_extension_tells_what_is_wrong_beside_its_own_fields(bail, house):
    from django.urls import reverse

    from fellwatch.foundation import clock
    from tests.shell.browsers import browser

    arrested_at = clock.now() - timedelta(days=20)
    due = clock.now() + timedelta(days=2)
    release = bail(appointment(due, exception="decision_sooner", because="The telephone."), arrested_at=arrested_at)
    typed = {
        "release": str(release),
        "stage": "6_months",
        "authorised_at": f"{clock.london(clock.now()):%Y-%m-%dT%H:%M}",
        "extension_rank": "inspector",
        "extension_by": "Insp 2 Jo Pass",
        "extension_because": "Telephone.",
        "representations": "None.",
        "extended_station": "Brackenholt police station",
    }
    page = browser("response_officer").post(reverse("response:extend", args=[house.incident_id, house.suspect]), typed)
    assert page.status_code == 422
    assert 'href="#extended_answer_at"' in page.text
    assert 'value="Brackenholt police station"' in page.text
