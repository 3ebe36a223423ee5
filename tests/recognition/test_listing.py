"""Who a search lists at once: unlikely people wait to be asked for, and nobody of whom something warns waits."""

import tomllib

import pytest

from fellwatch.recognition.weigh import Frequencies, weigh
from fellwatch.rules import listing
from fellwatch.rules.listing import Listing
from fellwatch.rules.reading import Table
from tests.recognition.people import DANIELLE, MODEL, RULEBOOK, held, said

RULE = tomllib.loads((RULEBOOK / "recognition/search_list.toml").read_text(encoding="utf-8"))
LISTING = listing.read(Table(RULE["version"][-1]["body"]))
EXAMPLES = RULE["version"][-1]["example"]
COUNTY = Frequencies(500_000, {})


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one["name"])
def test_a_worked_example_comes_out_as_written(example):
    assert listing.check_example(LISTING, example) is None


def test_the_floor_lies_well_under_the_likelihood_at_which_markers_must_be_seen():
    assert LISTING.unlikely_under <= 0.03 < MODEL.marker_likelihood
    assert LISTING.keeps == set(listing.KEEPS)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Danyel Hewitt", DANIELLE),
        ("Daniele Hewet", DANIELLE),
        ("Danielle Huet", DANIELLE),
        ("Dani Hewit", DANIELLE),
        ("Hewett Danielle", DANIELLE),
        ("Danille Hewtet", DANIELLE),
        ("Kathryn Tarne", held("Katherine", "Tarn")),
        ("Mohamed Husain", held("Mohammed", "Hussain")),
        ("Shivorn Moss", held("Siobhan", "Moss")),
        ("Mariya Ivanova", held("Мария", "Иванова")),
        ("Mary-Jane ONeil", held("Mary Jane", "O'Neill")),
    ],
)
def test_a_misspelt_name_alone_is_listed_at_once_in_a_whole_county(asked, meant):
    why = weigh(said(name=f"{asked} "), meant, MODEL, COUNTY)
    assert listing.listed(LISTING, why.likelihood), why.likelihood


def test_a_floor_that_is_no_likelihood_is_refused():
    problems = []
    listing.read(Table({"unlikely_under": 2.0, "keeps": ["warning"]}, "", problems))
    assert problems


@pytest.fixture
def strict(monkeypatch):
    """A force that lists at once only whom it is almost certain of, so that a small county has unlikely people."""
    from fellwatch.foundation import policy

    real = policy.parsed
    shape = Listing(0.9999, LISTING.keeps)
    monkeypatch.setattr(policy, "parsed", lambda id, on, kind: shape if kind is Listing else real(id, on, kind))


def _listed(by, now, **query):
    from fellwatch.recognition import queries

    fold = query.pop("fold", True)
    found = queries.who(queries.Query(**query), by=by, now=now, fold=fold)
    return {one.name for one in found.candidates}, found.unlikely


@pytest.mark.database
def test_unlikely_people_are_counted_and_come_when_asked_for_and_only_who_is_shown_is_logged(
    db, alice, auditor, now, strict
):
    from fellwatch.foundation.audit import chain
    from tests.shell.browsers import household

    home = household(alice, now=now)
    assert _listed(alice, now, name="Isla Hewet") == (set(), 2)
    assert _listed(alice, now, name="Isla Hewet", fold=False) == ({"Isla Hewett", "Danielle Hewett"}, 0)
    lines = [one for one in chain.lines(by=auditor, person=home.isla) if one.sentence == "recognition.looked_up"]
    assert [one.detail["shown"] for one in lines] == [2]


@pytest.mark.database
def test_a_misspelt_name_never_hides_a_marker_and_the_same_number_or_house_keeps_somebody(db, alice, now, strict):
    from tests.shell.browsers import NUMBER, household

    household(alice, now=now)
    assert _listed(alice, now, name="Mark Odie")[0] == {"Marc Oddie"}
    assert "Danielle Hewett" in _listed(alice, now, name="Isla Hewet", phone=NUMBER)[0]
    assert "Isla Hewett" in _listed(alice, now, name="Islay Hewt", address="14 Tarn Row ZZ1 1AA")[0]


@pytest.mark.database
def test_the_search_page_says_that_nobody_likely_is_found_and_shows_the_unlikely_on_request(db, alice, now, strict):
    from tests.shell.browsers import browser, household

    household(alice, now=now)
    client = browser("call_taker")
    page = client.get("/search/", {"q": "Isla Hewet"}).content.decode()
    assert "Nobody found who is likely" in page
    assert "2 people have a name that is faintly alike" in page
    assert "/search/?q=Isla+Hewet&amp;unlikely=yes" in page
    assert "Danielle Hewett" not in page
    shown = client.get("/search/", {"q": "Isla Hewet", "unlikely": "yes"}).content.decode()
    assert "Danielle Hewett" in shown
    assert "faintly alike" not in shown


@pytest.mark.database
def test_the_panel_of_a_call_shows_the_unlikely_once_they_are_asked_for_and_goes_on_showing_them(
    db, alice, now, strict
):
    import uuid

    from tests.shell.browsers import browser, household

    household(alice, now=now)
    client, path = browser("call_taker"), f"/contact/calls/{uuid.uuid4()}/known/"
    panel = client.post(path, {"caller_name": "Isla Hewet "}).content.decode()
    assert "Nobody found who is likely" in panel
    assert "Show 2 unlikely people" in panel
    assert f'hx-post="{path}"' in panel
    more = client.post(path, {"caller_name": "Isla Hewet ", "unlikely": "yes"}).content.decode()
    assert "Danielle Hewett" in more
    assert '<input type="hidden" name="unlikely" value="yes">' in more
