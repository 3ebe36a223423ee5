"""Whatever a program sends, the API answers as its description says, and never breaks."""

import logging
import uuid
from collections import deque

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    positive_data_acceptance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests.api import door

pytestmark = pytest.mark.database

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    unsupported_method,
    allow_header_conformance,
]
# A code that the rulebook does not know has the right shape, so a refusal by 422 is an answer to good data too.
CONFIG = {
    "seed": 1,
    "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "403", "404", "409", "422"]}},
}
ROLES = (
    "call_taker",
    "control_supervisor",
    "help_desk",
    "response_officer",
    "auditor",
    "data_manager",
    "helpline_adviser",
)


def _try(cases, examples, check):
    """Draw the same few cases every time and check each."""
    bounded = settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    bounded(given(case=cases)(lambda case: check(case)))()


@pytest.fixture
def schema(committed):
    """The API's own description, called in this process."""
    from django.core.handlers.wsgi import WSGIHandler

    logging.getLogger("django").setLevel(logging.CRITICAL)
    yield schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", WSGIHandler(), config=SchemathesisConfig.from_dict(CONFIG)
    )
    logging.getLogger("django").setLevel(logging.NOTSET)


@pytest.fixture
def known(committed, alice):
    """Ids of things that are there, so that the deeper paths are walked too."""
    from fellwatch.contact import actions, queries
    from fellwatch.foundation import clock
    from fellwatch.records import queries as records
    from tests.contact.calls import call

    now = clock.now()
    logged = actions.log_incident(call(now), by=alice, now=now)
    actions.ask_advice(logged.incident_id, "Is there an order?", by=alice, now=now)
    found = records.incident(logged.incident_id, by=alice, now=now)
    advice = queries.handled(logged.incident_id, by=alice).advice[0]
    asked = actions.consult(logged.incident_id, "Wren, 30", "Is there a plan?", by=alice, now=now)
    return {
        "consultation_id": asked,
        "consultations": asked,
        "person_id": found.parts[0].person.id,
        "incidents": found.id,
        "desk": found.id,
        "people": found.parts[0].person.id,
        "places": found.place.id,
        "advice_id": advice.id,
        "rule": "attendance",
        "name": "grades",
    }


def _operations(schema):
    return [found.ok() for found in schema.get_all_operations()]


def _cases(operation, modes):
    return st.one_of([operation.as_strategy(generation_mode=mode) for mode in modes])


def _at_home(case, known):
    """Point a case at things that are there."""
    kind = case.operation.path.removeprefix("/api/v1/").split("/")[0]
    here = {"id": known.get(kind), **known}
    for name in case.path_parameters or {}:
        if here.get(name):
            case.path_parameters[name] = str(here[name])
    return case


def test_every_operation_answers_every_role_as_the_description_says(schema, known):
    """Drawing a case takes longer than asking: each is asked by every role, and another one asks first each time."""
    keys = deque((role, door.of_role(role).key) for role in ROLES)

    def asked_of_all(case, ask):
        keys.rotate()
        for role, key in keys:
            try:
                ask(case, {"Authorization": f"Bearer {key}", "Accept-Encoding": "identity"})
            except BaseException as wrong:
                wrong.add_note(f"The {role} asked.")
                raise

    def elsewhere(case):
        asked_of_all(case, lambda case, sent: case.call_and_validate(headers=sent, checks=CHECKS))

    def here(case):
        asked_of_all(
            _at_home(case, known),
            lambda case, sent: case.validate_response(case.call(headers=sent), checks=CHECKS),
        )

    for operation in _operations(schema):
        _try(_cases(operation, [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]), 3, elsewhere)
        _try(_cases(operation, [GenerationMode.POSITIVE]), 3, here)


def test_no_operation_answers_without_a_key_or_with_a_wrong_one(schema):
    for operation in _operations(schema):
        for headers in ({}, {"Authorization": "Bearer fw_wrong"}, {"Authorization": "Basic YTpi"}):
            case = operation.Case(path_parameters=dict.fromkeys(_names(operation), str(uuid.uuid4())))
            response = case.call(headers=headers)
            assert response.status_code == 401, (operation.label, headers)
            assert response.headers["www-authenticate"]
            assert response.headers["content-type"] == ["application/problem+json"]


def _names(operation):
    return [parameter.name for parameter in operation.path_parameters]


def test_authentication_is_not_ignored_anywhere(schema):
    key = door.of_role("control_supervisor").key

    def asked(case):
        case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, checks=[ignored_auth])

    for operation in _operations(schema):
        _try(_cases(operation, [GenerationMode.POSITIVE]), 1, asked)
