"""A partner agency is added on the page of the agencies by whoever looks after them, and by nobody else."""

import re

import pytest

from fellwatch.foundation import clock
from tests.shell.browsers import browser

pytestmark = pytest.mark.database
PAGE = "/safeguarding/agencies/"
BECK = {
    "name": "Beck Advocates",
    "code": "beck-advocates",
    "kind": "domestic_abuse",
    "telephone": "07700 900350",
    "mailbox": "duty@beck.example",
    "in_hub": "yes",
    "manager": "Head of service, 07700 900351",
}


@pytest.fixture
def maya(db):
    """Maya looks after the agencies, in a browser."""
    return browser("mash_coordinator")


@pytest.fixture
def larch(system):
    from fellwatch.sharing import actions

    actions.add_agency("larch-refuge", "Larch Refuge", "domestic_abuse", by=system)


def agencies(system):
    """Return every agency there is, by its code."""
    from fellwatch.sharing import queries

    return {one.code: one for one in queries.agencies(by=system, closed=True)}


def added(auditor):
    """Return the lines of the log that say an agency was added."""
    from fellwatch.foundation.audit import chain

    return [one for one in chain.lines(by=auditor) if one.sentence == "sharing.agency_added"]


def test_an_agency_is_added_with_all_that_is_known_of_it_and_stands_in_the_log(maya, system, auditor):
    answer = maya.post(PAGE, BECK, follow=True)
    assert answer.redirect_chain == [(f"{PAGE}beck-advocates/", 302)]
    page = answer.content.decode()
    assert "Beck Advocates is added. Note its agreement" in page
    for said in ("Domestic abuse service", "sits in the hub", "07700 900350", "duty@beck.example", "Head of service"):
        assert said in page
    assert "It has no agreement in force." in page
    one = agencies(system)["beck-advocates"]
    assert (one.name, one.kind, one.in_hub, one.closed) == ("Beck Advocates", "domestic_abuse", True, False)
    (line,) = added(auditor)
    assert (line.subject_kind, line.subject_id) == ("agency", "beck-advocates")
    assert line.detail == {"kind": "domestic_abuse", "in_hub": True}


def test_only_name_code_and_kind_are_needed(maya, system):
    few = {name: BECK[name] for name in ("name", "code", "kind")}
    assert maya.post(PAGE, few).status_code == 302
    one = agencies(system)["beck-advocates"]
    assert (one.telephone, one.mailbox, one.in_hub, one.manager) == ("", "", False, "")


def test_an_agency_sent_twice_is_added_once_and_logged_once(maya, system, auditor):
    first, second = maya.post(PAGE, BECK), maya.post(PAGE, BECK)
    assert first["Location"] == second["Location"]
    assert list(agencies(system)) == ["beck-advocates"]
    assert len(added(auditor)) == 1


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"name": " "}, "name", "Give its name"),
        ({"name": "larch refuge"}, "name", "Larch Refuge has this name already"),
        ({"name": "x" * 201}, "name", "keep it to 200"),
        ({"code": ""}, "code", "Begin with a small letter"),
        ({"code": "Beck Advocates"}, "code", "Begin with a small letter"),
        ({"code": "E23000002"}, "code", "Begin with a small letter"),
        ({"code": "larch-refuge"}, "code", "Larch Refuge has this code already"),
        ({"kind": ""}, "kind", "Choose its kind"),
        ({"kind": "newspaper"}, "kind", "Choose its kind"),
        ({"mailbox": "duty at beck"}, "mailbox", "This is no mailbox"),
        ({"telephone": "0" * 201}, "telephone", "keep it to 200"),
        ({"manager": "x" * 201}, "manager", "keep it to 200"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_what_was_typed_is_kept(
    maya, larch, system, auditor, wrong, field, words
):
    answer = maya.post(PAGE, {**BECK, **wrong})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(rf'id="{field}-error".*?{words}', page)
    assert f'href="#{field}"' in page
    assert page.count("govuk-error-message") == 1
    assert re.search(r'<details class="fw-more" open><summary>Add an agency', page)
    for name in {"telephone", "mailbox", "manager", "name", "code"} - {field}:
        assert f'value="{BECK[name]}"' in page
    assert 'name="in_hub" value="yes" checked' in page
    assert list(agencies(system)) == ["larch-refuge"]
    assert not added(auditor)


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_page(maya):
    page = maya.post(PAGE, {"mailbox": "no"}).content.decode()
    summary = page[page.index("There is a problem") :]
    told = re.findall(r'href="#(name|code|kind|mailbox)"', summary)
    assert told == ["name", "code", "kind", "mailbox"]


def test_an_agency_that_has_left_keeps_its_name_and_code(maya, larch, system, now):
    from fellwatch.sharing import actions

    actions.close_agency("larch-refuge", by=system, now=now)
    page = maya.post(PAGE, {**BECK, "name": "Larch Refuge", "code": "larch-refuge"}).content.decode()
    assert "Larch Refuge, which has left, has this name already" in page
    assert "Larch Refuge, which has left, has this code already" in page
    assert agencies(system)["larch-refuge"].closed


def test_a_code_that_accounts_of_others_bear_lets_nobody_in(maya, system):
    from fellwatch.foundation.accounts.models import User

    User.objects.create(username="head", role="school_lead", agency="school-112999")
    answer = maya.post(PAGE, {**BECK, "code": "school-112999"})
    assert answer.status_code == 422
    assert "Accounts of somebody else bear this code" in answer.content.decode()
    assert agencies(system) == {}


@pytest.mark.parametrize("role", ["call_taker", "safeguarding_officer", "partner_lead", ""])
def test_whoever_does_not_look_after_agencies_adds_none(db, system, auditor, role):
    answer = browser(role).post(PAGE, BECK)
    assert answer.status_code == 403
    assert agencies(system) == {}
    assert not added(auditor)


def test_a_form_from_another_site_adds_nothing(db, system):
    assert browser("mash_coordinator", strict=True).post(PAGE, BECK).status_code == 403
    assert agencies(system) == {}


def test_the_form_offers_every_kind_and_is_shut_until_it_is_asked_for(maya):
    page = maya.get(PAGE).content.decode()
    assert '<details class="fw-more"><summary>Add an agency' in page
    assert '<option value="surveyor">Independent surveyor</option>' in page
    assert '<option value="sexual_violence">Sexual violence service</option>' in page
    assert "No agency is known yet" in page


def test_two_who_add_the_same_name_at_once_are_both_answered(committed, system):
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    first, second = browser("mash_coordinator"), browser("mash_coordinator")

    def send(client, code):
        try:
            return client.post(PAGE, {**BECK, "code": code}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        sent = [pool.submit(send, first, "beck-one"), pool.submit(send, second, "beck-two")]
    assert sorted(one.result() for one in sent) == [302, 422]
    assert len(agencies(system)) == 1


@pytest.mark.parametrize("name", ["name", "code", "telephone", "mailbox", "manager", "kind"])
@pytest.mark.parametrize("text", ["half \x00 a word", "half \ud800 a pair", "x" * 300_000], ids=["NUL", "half", "long"])
def test_what_cannot_be_kept_is_told_and_nothing_is_stored(db, system, name, text):
    from fellwatch.sharing import actions
    from fellwatch.sharing.checks import Invalid

    values = {**BECK, "in_hub": True, name: text}
    with pytest.raises(Invalid) as told:
        actions.register_agency(actions.NewAgency(**values), by=system, now=clock.now())
    assert name in told.value.problems
    assert agencies(system) == {}
