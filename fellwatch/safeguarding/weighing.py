"""A case weighed against the law it was opened under: its rule, its test as it stands today, its terms."""

from datetime import date, datetime

from fellwatch.foundation import clock
from fellwatch.orders import law
from fellwatch.records.models import Person
from fellwatch.records.values import PartialDate
from fellwatch.rules import legal_orders
from fellwatch.rules.legal_orders import Chosen, LegalOrder, Outcome
from fellwatch.safeguarding.models import Case


def rule_of(case: Case) -> LegalOrder:
    """Return the law the case was opened under."""
    assert case.rule_version is not None
    return law.rule_as_made(case.scheme, case.rule_version)[0]


def tested(case: Case, now: datetime) -> Outcome:
    """Try the legal test on the answers as they stand and the ages of today."""
    on = clock.london_date(now)
    ages = {"subject_age": _age(case.subject, on), "protected_age": _age(case.at_risk, on)}
    return legal_orders.decide(rule_of(case), {**case.answers, **ages})


def chosen_of(case: Case) -> tuple[Chosen, ...]:
    """Return the terms as the law's functions take them."""
    return tuple(
        Chosen(str(one["term"]), str(one["detail"]), frozenset(one["yes"]), int(one["months"])) for one in case.terms
    )


def _age(person: Person, on: date) -> int | None:
    return PartialDate(person.birth_year, person.birth_month, person.birth_day).age_on(on)
