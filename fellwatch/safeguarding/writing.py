"""What each paper says, put together from a case and its orders. Every making of one is in the log."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from fellwatch.exchange import contents
from fellwatch.exchange.access import SEND
from fellwatch.exchange.values import HandoverView
from fellwatch.foundation import access, audit, clock
from fellwatch.foundation.access import Actor
from fellwatch.foundation.clock import said
from fellwatch.orders import law
from fellwatch.orders import queries as orders
from fellwatch.orders.actions.serving import MEANS
from fellwatch.orders.values import OrderView
from fellwatch.records.queries import Missing
from fellwatch.safeguarding import queries
from fellwatch.safeguarding.access import READ
from fellwatch.safeguarding.values import CaseView

Values = dict[str, object]
CONSIDERED = ("child_welfare", "victim_opinion", "subject_view", "occupants_opinion", "bail_not_enough")
MARK = {"true": "Met", "false": "Not met", "unknown": "Not known"}


@access.reads
def notice(order_id: uuid.UUID, *, by: Actor, now: datetime) -> Values:
    """Return what the notice to be served says: only what the person it binds may read."""
    access.check(by, READ, subject=("order", str(order_id)))
    one = orders.order(order_id, by=by, now=now)
    seen = _case(one, by, now)
    rule, version = law.rule_as_made(one.kind, queries_version(seen))
    _made("notice", one, by=by)
    return {
        **_sheet(one.title, one.reference, now),
        "law": version.source,
        "parties": [
            ["To", one.subject_name],
            ["To protect", ", ".join(name for _, name in one.protected)],
            ["Given under the authority of", f"{one.made_by}, {said(one.issued_at)}"],
            ["Reference", one.reference],
        ],
        "terms": _terms(one),
        "grounds": seen.answers.get("grounds", ""),
        "states": [_stated(words) for words in rule.states],
        "authority": f"{one.made_by} authorised this at {said(one.issued_at)}. It binds from the moment it is served.",
    }


@access.reads
def pack(case_id: uuid.UUID, *, by: Actor, now: datetime) -> Values:
    """Return what goes to the court: grounds, test, what was considered, authority, service and the time left."""
    access.check(by, READ, subject=("case", str(case_id)))
    seen = queries.case(case_id, by=by, now=now)
    made = orders.of_case(case_id, by=by, now=now)
    rule, version = law.rule_as_made(seen.row.scheme, queries_version(seen))
    _log("pack", ("case", case_id), [seen.row.subject_id, seen.row.at_risk_id], by=by)
    labels = {ask.id: ask.label for ask in rule.asks}
    return {
        **_sheet(f"Application after a {law.title(seen.row.scheme).lower()}", seen.row.reference, now),
        "law": version.source,
        "parties": [
            ["Against", f"{seen.row.subject_name}, {_age(seen.subject_age)}"],
            ["To protect", f"{seen.row.at_risk_name}, {_age(seen.at_risk_age)}"],
            ["Incident", seen.incident_reference or "none named"],
            ["Opened", f"{seen.row.opened_by_name}, {said(seen.opened_at)}"],
        ],
        "hearing": _hearing(seen, by),
        "grounds": seen.answers.get("grounds", ""),
        "test": [[MARK[line.truth], line.words, line.law] for line in queries.test_of(seen, by=by).lines],
        "considered": [[labels[name], seen.answers.get(name) or "not yet written"] for name in CONSIDERED],
        "terms": _terms(made[0]) if made else ["None yet: the notice is not authorised."],
        "steps": [f"{said(at)}: {words} ({who})" for one in made for at, _, words, who in one.story] or ["None yet."],
    }


@access.reads
def service(order_id: uuid.UUID, *, by: Actor, now: datetime) -> Values:
    """Return the statement of whoever served it; Missing while nobody has."""
    access.check(by, READ, subject=("order", str(order_id)))
    one = orders.order(order_id, by=by, now=now)
    done = next((attempt for attempt in one.services if attempt.served), None)
    if done is None:
        raise Missing("It has not been served.")
    _made("service", one, by=by)
    return {
        **_sheet("Statement of service", one.reference, now),
        "parties": [["What was served", one.title], ["On", one.subject_name], ["Reference", one.reference]],
        "service": [
            f"At {said(done.at)}.",
            f"{MEANS[done.means]}: {done.officer}.",
            f"Address given for notice of the hearing: {done.address_for_hearing or 'none, though asked'}.",
            done.words or "Nothing was said.",
        ],
        "attempts": [f"{said(a.at)}, {a.officer}: {a.words}" for a in one.services if not a.served],
        "statement": f"I, {done.officer}, served this {one.short} on {one.subject_name} as set out above. "
        "What I state is true to the best of my knowledge and belief.",
        "officer": done.officer,
    }


def _stated(words: str) -> str:
    """Return a statement as the notice makes it. A notice under the first version keeps the form it was given in."""
    return words if words.endswith(".") else f"It states {words}."


def queries_version(seen: CaseView) -> int:
    """Return the version of the law that a notice's case was opened under; Missing for another kind of case."""
    if seen.rule_version is None:
        raise Missing("There is no such paper for this case.")
    return seen.rule_version


def _case(one: OrderView, by: Actor, now: datetime) -> CaseView:
    if one.case_id is None or one.kind not in law.NOTICES:
        raise Missing("There is no such paper for this order.")
    return queries.case(one.case_id, by=by, now=now)


def _terms(one: OrderView) -> list[str]:
    """Say what it says. An address is printed only where they share it: no paper tells where a victim has gone."""
    rule, _ = law.rule_as_made(one.kind, law.version(one.kind, clock.london_date(one.issued_at)).number)
    shared = {term.id for term in rule.terms if term.shared_home}
    live = [condition for condition in one.conditions if condition.ended_at is None]
    return [f"{c.words} ({c.address})." if c.address and c.term in shared else f"{c.words}." for c in live]


def _hearing(seen: CaseView, by: Actor) -> list[str]:
    rule = queries.rule_of(seen, by=by)
    clocks = [duty for duty in queries.owed(seen, by=by) if duty.rule == rule.heard_under]
    if not clocks:
        return ["The notice has not been served: no time runs yet."]
    return [*clocks[0].working, f"State now: {clocks[0].state}."]


@access.reads
def handover(seen: HandoverView, *, by: Actor, now: datetime) -> Values:
    """Return the pack that goes by secure mail when the exchange does not reach the other force."""
    access.check(by, SEND, subject=("handover", str(seen.id)))
    people = [seen.person_id] if seen.person_id else []
    _log("handover", ("handover", seen.id), people, by=by)
    return {
        **_sheet(f"Handover to {seen.force_name}", str(seen.id), now),
        "parties": [
            ["From", settings.FELLWATCH_FORCE_NAME],
            ["To", seen.force_name],
            ["Made", f"{seen.made_by_name}, {said(seen.made_at)}"],
            ["Version", str(seen.revision)],
        ],
        "why": seen.necessity,
        "told": [[contents.label(code.code, now), seen.contents[code.code]]
                 for code in contents.fields(now) if code.code in seen.contents],
    }  # fmt: skip


def _sheet(title: str, reference: str, now: datetime) -> Values:
    return {
        "title": title,
        "force": settings.FELLWATCH_FORCE_NAME,
        "reference": reference,
        "footer": f"Printed {clock.london(now):%-d %b %Y %H:%M}. Handle as official, sensitive.",
        "demonstration": settings.DEMONSTRATION,
    }


def _age(age: int | None) -> str:
    return "age not known" if age is None else f"aged {age}"


def _made(paper: str, one: OrderView, *, by: Actor) -> None:
    _log(paper, ("order", one.id), [one.subject_id, *(person for person, _ in one.protected)], by=by)


def _log(paper: str, subject: tuple[str, object], people: Sequence[uuid.UUID], *, by: Actor) -> None:
    audit.record(
        by=by, action="disclosure", sentence="safeguarding.paper_made", subject=subject, people=people,
        detail={"paper": paper},
    )  # fmt: skip
