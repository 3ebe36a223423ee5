"""The pages: who may open them, a number is shown only while a call is safe, what was typed is kept."""

import uuid
from datetime import timedelta

import pytest

from tests.shell.browsers import browser, stranger
from tests.surveys import story

pytestmark = pytest.mark.database
ANY = uuid.UUID(int=0)
FORCE = ("", "choose/domestic_abuse/", f"chosen/{ANY}/", f"chosen/{ANY}/left-out/", "told/", f"told/{ANY}/",
         "said/hate_crime/", f"said/hate_crime/{ANY}/", "changes/hate_crime/", f"changes/done/{ANY}/")  # fmt: skip
DOOR = ("", f"{ANY}/", f"{ANY}/call/", f"{ANY}/answers/", f"{ANY}/risk/", f"{ANY}/withdraw/")


def _text(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def today(db, system, alice, theo):
    """Danielle, chosen today; any hour is safe."""
    from fellwatch.foundation import clock
    from fellwatch.surveys import actions
    from fellwatch.surveys.values import NewSelection

    now = clock.now()
    story.agencies(system, now)
    one = story.asked(alice, now - timedelta(days=70))
    story.safe(alice, one.person, now - timedelta(days=1))
    on = now.date()
    new = NewSelection("domestic_abuse", "plain-questions", on - timedelta(days=90), on - timedelta(days=42), 40)
    actions.choose(new, by=theo, now=now)
    return one


def _surveyor():
    from fellwatch.foundation.accounts.models import User

    client = browser("surveyor")
    User.objects.filter(id=client.session["_auth_user_id"]).update(agency="plain-questions")
    return client


@pytest.mark.parametrize(
    "page", [*(f"/safeguarding/surveys/{one}" for one in FORCE), *(f"/partner/surveys/{one}" for one in DOOR)]
)
def test_who_has_no_part_in_it_is_refused_and_a_stranger_signs_in(db, page):
    assert browser("call_taker").get(page).status_code == 403
    assert stranger().get(page).status_code == 302


def test_a_group_that_is_none_is_not_found(db):
    for page in ("choose/everybody/", "said/everybody/", "changes/everybody/"):
        assert browser("safeguarding_supervisor").get(f"/safeguarding/surveys/{page}").status_code == 404


def test_the_surveyors_list_has_name_number_and_hours_and_nothing_of_the_incident(today):
    page = _text(_surveyor().get("/partner/surveys/"))
    assert "1 person to ring now" in page
    assert "Danielle Hewett" in page
    assert "07700 900142" in page
    for hidden in ("Oddie", "Tarn Row", "He is back", "omestic", str(today.incident), str(today.person)):
        assert hidden not in page, hidden


def test_outside_the_safe_hours_the_number_is_not_shown(today, alice):
    from fellwatch.foundation import clock

    later = clock.london(clock.now()) + timedelta(hours=2)
    story.safe(alice, today.person, clock.now(), hours=(later.time(), (later + timedelta(hours=1)).time()))
    client = _surveyor()
    page = _text(client.get("/partner/surveys/"))
    assert "Nobody may be rung now" in page
    assert "safe only from" in page
    assert "900142" not in page
    line = _line()
    shown = client.post(f"/partner/surveys/{line}/call/", {"result": "no_answer"})
    assert shown.status_code == 422
    assert "safe only from" in _text(shown)
    assert "900142" not in _text(shown)


def _line():
    from django.db import connection

    from fellwatch.foundation import access
    from fellwatch.foundation.accounts import roles
    from fellwatch.surveys.models import Line

    with access.acting(roles.system("surveys")):
        found = Line.objects.get()
    assert connection.in_atomic_block
    return found.id


def test_what_was_typed_is_kept_beside_what_is_wrong(today):
    client, line = _surveyor(), _line()
    client.post(f"/partner/surveys/{line}/call/", {"result": "answered"})
    shown = client.post(f"/partner/surveys/{line}/answers/", {"better": "Ring me first.", "overall": "4"})
    assert shown.status_code == 422
    assert "Ring me first." in _text(shown)
    assert "Choose an answer" in _text(shown)


def test_the_force_sees_rates_reasons_and_its_own_selection(today):
    page = _text(browser("safeguarding_supervisor").get("/safeguarding/surveys/"))
    assert "Too few calls have come to an end" in page
    assert "45 to 55 per cent are expected" in page
    assert "from background knowledge" in page
    assert "Plain Questions" in page


def test_what_is_hidden_is_called_hidden_whether_it_is_small_or_hidden_with_a_small_one(db):
    from fellwatch.rules import surveys as rule
    from fellwatch.surveys.pages import showing

    assert [showing._cells(one, None)[0] for one in rule.shown([4, 9, 12, 0], 5)] == ["hidden", "hidden", 12, 0]


@pytest.mark.parametrize("role", ["safeguarding_reviewer", "superintendent"])
def test_whoever_reads_sees_each_selection_with_who_rings(today, role):
    client = browser(role)
    page = _text(client.get("/safeguarding/surveys/"))
    assert "Plain Questions" in page
    assert "Choose whom to ask" not in page
