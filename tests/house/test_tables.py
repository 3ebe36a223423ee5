"""Every table has a policy, a retention class and a sentence; both floors of access give the same answer."""

import uuid
from datetime import UTC, datetime

import pytest

pytestmark = pytest.mark.database

OPEN = ("auth_", "django_", "account_", "mfa_", "socialaccount_", "procrastinate_")


def _tables():
    from fellwatch.config.tables import TABLES

    return {table.name: table for table in TABLES}


def test_every_table_of_ours_has_a_policy_a_retention_class_and_a_sentence(database):
    from django.apps import apps

    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    ours = {name for name in ours if not name.startswith(OPEN)}
    declared = _tables()
    assert ours == set(declared)
    assert [t.name for t in declared.values() if not (t.retention and t.sentence)] == []


def test_row_security_is_on_for_every_table_of_ours(db):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace "
            "and not relrowsecurity"
        )
        bare = {name for (name,) in cursor.fetchall()}
    assert sorted(name for name in bare if not name.startswith(OPEN)) == []


def test_the_application_role_has_no_grant_that_no_policy_names(db):
    from django.db import connection

    verbs = {"SELECT": "read", "INSERT": "add", "UPDATE": "change", "DELETE": "remove"}
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name, privilege_type from information_schema.role_table_grants "
            "where grantee = 'fellwatch_app' and table_schema = 'public'"
        )
        held = {(table, verb) for table, verb in cursor.fetchall() if not table.startswith(OPEN)}
    from fellwatch.foundation.access import nobody

    named = {
        (table.name, verb)
        for table in _tables().values()
        for verb, attribute in verbs.items()
        if getattr(table, attribute) != nobody
    }
    hidden = {(f"{table.name}_hidden", "SELECT") for table in _tables().values() if table.hides}
    assert held == named | hidden


def _parents(condition):
    if condition.kind == "with_parent":
        yield condition.parent, condition.argument
    for part in condition.parts:
        yield from _parents(part)


def test_what_hangs_on_a_record_is_bound_to_it_by_the_database(database):
    """A row is read unless its record is among the hidden ones: there must be no row whose record is nowhere."""
    from django.apps import apps

    from fellwatch.foundation.access.conditions import by_id

    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    tables, loose, bound = _tables(), [], set()
    for table in tables.values():
        for parent, column in set(_parents(table.read)):
            if by_id(tables[parent].read, parent, column)[0]:
                field = next(field for field in models[table.name]._meta.fields if field.column == column)
                held = field.is_relation and field.db_constraint and field.related_model._meta.db_table == parent
                loose += [] if held else [(table.name, column)]
                bound.add(parent)
    assert loose == []
    assert {"records_person", "records_place", "records_incident", "meetings_matter"} <= bound


def test_what_is_hidden_of_records_is_found_by_an_index(db):
    from django.db import connection

    for name in (name for name, table in _tables().items() if table.hides):
        with connection.cursor() as cursor:
            cursor.execute("select indexdef from pg_indexes where tablename = %s", [name])
            assert any("(id) WHERE (NOT (compartment = ''::text))" in one for (one,) in cursor.fetchall()), name


def test_whoever_is_cleared_for_a_compartment_is_told_of_nothing_hidden_in_it(db, actor, system):
    from dataclasses import replace

    from django.db import connection

    from fellwatch.foundation import access

    both = frozenset({"operation_tarn", "operation_beck"})
    made = _people(replace(system, compartments=both))
    for cleared in (frozenset(), frozenset({"operation_tarn"}), both):
        with (
            access.acting(replace(actor("Somebody", "call_taker"), compartments=cleared)),
            connection.cursor() as cursor,
        ):
            cursor.execute("select id from records_person_hidden")
            assert {id for (id,) in cursor.fetchall()} == {made[one] for one in both - cleared}


def _people(system):
    """Store three people: one open, one in an announced and one in a silent compartment."""
    from fellwatch.foundation import access
    from fellwatch.records import actions
    from fellwatch.records.models import Person

    made = {}
    with access.acting(system):
        for compartment in ("", "operation_tarn", "operation_beck"):
            new = actions.NewPerson(forenames="Isla", surname="Hewett", phone="+447700900142")
            made[compartment] = actions.add_person(new, by=system, now=datetime(2026, 11, 21, tzinfo=UTC))
            actions.add_identifier(new.id, kind="pnc", value=str(uuid.uuid4()), source="test", by=system)
        for compartment, person in made.items():
            Person.objects.filter(id=person).update(compartment=compartment, announce=compartment != "operation_beck")
    return made


def test_python_and_postgresql_give_every_role_the_same_rows(db, actor, system):
    from dataclasses import replace

    from fellwatch.config.roles import ROLES
    from fellwatch.foundation import access
    from fellwatch.foundation.access.conditions import evaluate
    from fellwatch.records.models import Person, PersonIdentifier, PersonName, PersonPhone

    cleared = replace(system, compartments=frozenset({"operation_tarn", "operation_beck"}))
    made = _people(cleared)
    tables = _tables()
    person_rule = tables["records_person"].read
    for role in (*(r.code for r in ROLES), "none"):
        for compartments in ((), ("operation_tarn",), ("operation_beck",), ("operation_tarn", "operation_beck")):
            by = replace(actor("Somebody", role), compartments=frozenset(compartments))
            may = {p for c, p in made.items() if evaluate(person_rule, by, {"compartment": c}, {})}
            with access.acting(by):
                assert set(Person.objects.values_list("id", flat=True)) == may, (role, compartments)
                for model in (PersonName, PersonPhone, PersonIdentifier):
                    rule = tables[model._meta.db_table].read
                    allowed = {
                        p for p in made.values() if evaluate(rule, by, {"person_id": p}, {"records_person": p in may})
                    }
                    seen = set(model.objects.values_list("person_id", flat=True))
                    assert seen == allowed, (role, compartments, model)


def test_python_and_postgresql_agree_who_may_add_to_and_change_each_table(db, actor):
    """Ask PostgreSQL for the policies as they stand, and evaluate them as each role."""
    from django.db import connection

    from fellwatch.config.roles import ROLES
    from fellwatch.foundation import access
    from fellwatch.foundation.access.conditions import evaluate, nobody, sql

    for role in (*(r.code for r in ROLES), "none"):
        by = actor("Somebody", role)
        with access.acting(by), connection.cursor() as cursor:
            for table in _tables().values():
                for condition in (table.read, table.add, table.change, table.remove):
                    if condition == nobody or not _needs_no_row(condition):
                        continue
                    cursor.execute(f"select {sql(condition, table.name)}")
                    assert cursor.fetchone()[0] == evaluate(condition, by, {}, {}), (role, table.name, condition)


def _needs_no_row(condition) -> bool:
    if condition.kind in {"all", "any"}:
        return all(_needs_no_row(part) for part in condition.parts)
    return condition.kind in {"holds", "anyone"}
