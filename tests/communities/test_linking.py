"""A partner's file from upload to people, a reviewer's word, and taking it off again."""

import pytest

from tests.communities import partner

pytestmark = pytest.mark.database
NOBODY = frozenset()


@pytest.fixture
def rita(actor):
    """Rita reviews records."""
    return actor("Rita Holme", "records_reviewer", "information management")


@pytest.fixture
def linked(db, tmp_path, alice, manager, now):
    """Danielle and Isla, and social care's four records linked to them."""
    ids = partner.people(alice, now)
    partner.take_in(partner.write(tmp_path / "care.csv"), manager, now)
    partner.link(manager, now)
    return ids


def _records(by):
    from fellwatch.foundation import access
    from fellwatch.records.models import SourceRecord

    with access.acting(by):
        return {record.reference: record for record in SourceRecord.objects.all()}


def _pairs(by):
    from fellwatch.communities.models import Pair
    from fellwatch.foundation import access

    with access.acting(by):
        return list(Pair.objects.select_related("record").order_by("record__reference"))


def test_plain_ones_are_joined_the_twin_waits_and_the_stranger_is_nobody(linked, rita):
    from fellwatch.communities import queries

    danielle, _ = linked
    found = _records(rita)
    assert [found[r].person_id for r in ("SC-1", "SC-2", "SC-3", "SC-4")] == [danielle, danielle, None, None]
    assert [(p.record.reference, p.caution) for p in _pairs(rita)] == [("SC-3", "twin")]
    (standing,) = queries.standings(by=rita)
    assert (standing.records, standing.by_model, standing.waiting, standing.alone) == (4, 2, 1, 1)


def test_what_a_record_tells_is_hers_and_she_is_found_by_it(linked, rita, now):
    from fellwatch.recognition import queries as recognition
    from fellwatch.records import queries

    danielle, _ = linked
    assert "+447700900188" in queries.person(danielle, by=rita, now=now).phones
    found = recognition.who(recognition.Query(phone="07700 900188"), by=rita, now=now)
    assert found.candidates[0].person_id == danielle


def test_nobody_becomes_a_person_of_the_force_because_a_partner_knows_them(linked, rita):
    from fellwatch.foundation import access
    from fellwatch.records.models import Person

    with access.acting(rita):
        assert Person.objects.count() == 32


def test_the_same_file_again_changes_nothing(linked, tmp_path, manager, rita, now):
    before = {r: (one.person_id, one.contributed) for r, one in _records(rita).items()}
    run = partner.take_in(partner.write(tmp_path / "again.csv"), manager, now)
    assert (run.added, run.changed, run.unchanged) == (0, 0, 4)
    partner.link(manager, now)
    assert {r: (one.person_id, one.contributed) for r, one in _records(rita).items()} == before
    assert len(_pairs(rita)) == 1


def test_a_person_says_two_people_and_no_later_run_asks_again(linked, manager, rita, now):
    from fellwatch.communities import actions

    (pair,) = _pairs(rita)
    actions.decide(pair.id, "different", by=rita, now=now)
    partner.link(manager, now)
    (left,) = _pairs(rita)
    assert (left.verdict, _records(rita)["SC-3"].person_id) == ("different", None)


def test_a_person_says_the_same_and_the_second_reviewer_is_told(linked, rita, actor, now):
    from fellwatch.communities import actions
    from fellwatch.communities.values import Overtaken

    _, isla = linked
    (pair,) = _pairs(rita)
    actions.decide(pair.id, "same", by=rita, now=now)
    assert actions.decide(pair.id, "same", by=rita, now=now) == pair.record_id
    sara = actor("Sara Nab", "records_reviewer", "information management")
    with pytest.raises(Overtaken, match="Rita Holme decided first: the same person"):
        actions.decide(pair.id, "different", by=sara, now=now)
    assert _records(rita)["SC-3"].person_id == isla


def test_taken_off_it_is_a_person_of_its_own_with_exactly_what_it_brought(linked, rita, manager, now):
    from fellwatch.recognition import merging
    from fellwatch.records import queries

    danielle, _ = linked
    record = _records(rita)["SC-2"]
    before, after = merging.part(record.id, to=None, go=NOBODY, stay=NOBODY, because="Her cousin.", by=rita, now=now)
    assert before == danielle
    other = queries.person(after, by=rita, now=now)
    assert (other.name, other.phones) == ("Danyel Hewitt", ("+447700900188",))
    her = queries.person(danielle, by=rita, now=now)
    assert "+447700900188" not in her.phones
    assert not any("Hewitt" in name for _, name in her.other_names)
    partner.link(manager, now)
    assert _records(rita)["SC-2"].person_id == after


def test_what_was_added_since_is_asked_for(linked, alice, rita, now):
    from fellwatch.recognition import merging
    from fellwatch.records import actions, queries
    from fellwatch.records.clusters import Undecided

    danielle, _ = linked
    actions.add_phone(danielle, "+447700900999", by=alice, on=now.date(), source="call")
    record = _records(rita)["SC-2"]
    with pytest.raises(Undecided) as asked:
        merging.part(record.id, to=None, go=NOBODY, stay=NOBODY, because="Her cousin.", by=rita, now=now)
    (phone,) = asked.value.later
    assert phone.words == "The telephone number +447700900999"
    _, after = merging.part(
        record.id, to=None, go=frozenset({phone.key}), stay=NOBODY, because="Her cousin.", by=rita, now=now
    )
    assert "+447700900999" in queries.person(after, by=rita, now=now).phones


def test_what_the_partner_says_anew_of_somebody_joined_is_theirs(linked, tmp_path, manager, rita, now):
    from fellwatch.records import queries

    changed = ((*partner.ROWS[0][:5], "07700 900555", *partner.ROWS[0][6:]), *partner.ROWS[1:])
    run = partner.take_in(partner.write(tmp_path / "new.csv", changed), manager, now)
    assert (run.changed, run.unchanged) == (1, 3)
    assert "+447700900555" in queries.person(linked[0], by=rita, now=now).phones


def test_the_log_tells_of_joining_and_of_taking_off(linked, rita, auditor, now):
    from fellwatch.foundation.audit import chain
    from fellwatch.recognition import merging

    record = _records(rita)["SC-2"]
    merging.part(record.id, to=None, go=NOBODY, stay=NOBODY, because="Her cousin.", by=rita, now=now)
    said = {line.sentence: line.action for line in chain.lines(by=auditor, person=linked[0])}
    assert said["records.records_joined"] == "combination"
    assert said["records.record_parted"] == "alteration"


def test_a_restricted_person_is_not_linked_and_nothing_betrays_them(db, tmp_path, alice, manager, rita, now):
    from dataclasses import replace

    from fellwatch.foundation import access
    from fellwatch.records.models import Person

    danielle, _ = partner.people(alice, now)
    cleared = replace(rita, compartments=frozenset({"operation_tarn"}))
    with access.acting(cleared):
        Person.objects.filter(id=danielle).update(compartment="operation_tarn", announce=False)
    partner.take_in(partner.write(tmp_path / "care.csv"), manager, now)
    partner.link(manager, now)
    assert _records(rita)["SC-1"].person_id is None
    assert danielle not in {pair.person_id for pair in _pairs(cleared)}


def test_rows_that_cannot_be_read_are_kept_aside_with_what_to_do(db, tmp_path, manager, now):
    from fellwatch.foundation.imports import queries

    bad = (
        ("B-1", "", "", "", "", "", "", "", ""),
        ("B-2", "Ann", "Beck", "31/02/1990", "", "", "", "", ""),
        ("B-3", "Ann", "Beck", "", "", "0770", "", "", ""),
        ("B-4", "Ann", "Beck", "", "", "", "", "", "943 476 5918"),
        ("B-5", "A" * 10_000, "Beck", "", "", "", "", "", ""),
        ("B-6", "An\x07n", "Beck", "", "", "", "", "", ""),
        ("B-7", "'; drop table records_person; --", "(a+)+$", "", "", "n/a", "", "", ""),
    )
    run = partner.take_in(partner.write(tmp_path / "bad.csv", bad), manager, now)
    assert (run.added, run.rejected) == (2, 5)
    reasons = {row.row["Case number"]: row.reasons[0].wrong for row in queries.rejections(run.id, by=manager)}
    assert sorted(reasons) == ["B-1", "B-2", "B-3", "B-4", "B-5"], "what is not seen is taken out of B-6"
    assert reasons["B-1"] == "Nobody is named."
    assert reasons["B-4"] == "The last digit does not fit the others."


def test_a_file_in_another_encoding_is_read_and_one_without_ids_is_refused(db, tmp_path, manager, now):
    from fellwatch.foundation.imports.importers import Unreadable

    rows = (("W-1", "Zoë", "Brontë", "", "", "", "", "", ""),)
    run = partner.take_in(partner.write(tmp_path / "w.csv", rows, encoding="cp1252"), manager, now)
    assert run.added == 1
    with pytest.raises(Unreadable, match="reference"):
        partner.take_in(partner.write(tmp_path / "n.csv", [("x",)], header=("Name",)), manager, now)


def test_a_dry_run_says_what_each_column_is_like_and_keeps_no_value(db, tmp_path, manager, now):
    import json

    from fellwatch.foundation import access
    from fellwatch.foundation.imports.models import ImportRun

    rows = (*partner.ROWS, ("SC-1", "Dan", "Beck", "99/99/1990", "", "", "", "", ""))
    run = partner.take_in(partner.write(tmp_path / "care.csv", rows), manager, now, dry_run=True)
    like = {one.name: (one.rows, one.missing, one.odd, one.again, one.odd_line) for one in run.profile}
    assert like["reference"] == (5, 0, 0, 1, 0)
    assert like["date_of_birth"] == (5, 0, 1, 0, 6)
    assert like["nhs_number"] == (5, 4, 0, 0, 0)
    with access.acting(manager):
        kept = json.dumps(ImportRun.objects.get(id=run.id).profile)
    assert "Hewett" not in kept


def test_a_word_of_a_reviewer_is_put_right_without_being_asked_about_the_linking_itself(linked, rita, now):
    from fellwatch.communities import actions
    from fellwatch.recognition import merging
    from fellwatch.records import queries

    _, isla = linked
    (pair,) = _pairs(rita)
    actions.decide(pair.id, "same", by=rita, now=now)
    before, after = merging.part(pair.record_id, to=None, go=NOBODY, stay=NOBODY, because="A twin.", by=rita, now=now)
    assert before == isla
    assert queries.person(after, by=rita, now=now).name == "Ava Hewett"
    assert queries.person(isla, by=rita, now=now).other_names == (("reported", "Isla Hewett"),)
