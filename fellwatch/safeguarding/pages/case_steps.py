"""What may be done with a case now, each step as a form."""

from collections.abc import Callable
from datetime import datetime

from fellwatch.foundation import clock
from fellwatch.foundation.access import Actor
from fellwatch.rules import vocabulary
from fellwatch.rules.legal_orders import Chosen, Outcome
from fellwatch.safeguarding import access, actions, life, queries, schemes
from fellwatch.safeguarding.pages.forms import Field, Option, Step, Typed, chosen, terms, watch
from fellwatch.safeguarding.values import CaseView, Checks, Decided, Invalid, Met, Told
from fellwatch.sharing.reach import showing as reaching

YES_NO = (Option("yes", "Yes"), Option("no", "No"))
TEST = "The legal test, line by line"
LABELS = {
    "ground": "Answer the legal test",
    "say": "Choose what it says",
    "send": "Send it for authority",
    "authority": "Decide: authorise or refuse",
    "withdraw": "Withdraw it",
    "close": "Close the case",
    "check": "Record the first checks",
    "meet": "Record the meeting",
    "decide": "Record the decision",
    "tell": "Record that they were told",
    "now": "Tell them now: it cannot wait",
    "plan": "Write the safety plan",
}


def offered(seen: CaseView, by: Actor) -> list[str]:
    """Return the steps that this reader may take now, the one that leads on first."""
    may = life.of(seen.row.scheme)[seen.row.state]
    if seen.row.state == "sent" and access.rank_of(by):
        return ["authority"]
    if access.WRITE not in by.permissions:
        return []
    steps = [step for step in may if step in LABELS]
    steps = [*steps, *(["now"] if "disclose_now" in may else [])]
    if seen.row.scheme in life.NOTICES and seen.row.state == "considered":
        return _writing(seen, steps)
    if seen.row.state == "authorised":
        return ["close", "withdraw"]
    return steps


def _writing(seen: CaseView, steps: list[str]) -> list[str]:
    if not seen.answers:
        return ["ground", "withdraw"]
    first = "say" if not seen.terms else "send"
    return [first, *(step for step in steps if step != first and (step != "send" or seen.terms))]


def step(code: str, seen: CaseView, *, by: Actor, now: datetime) -> Step | None:
    """Return a step as a form, or None where there is no such step."""
    build = _STEPS.get(code)
    return build(seen, by, now) if build else None


def _ground(seen: CaseView, by: Actor, now: datetime) -> Step:
    rule = queries.rule_of(seen, by=by)
    fields = tuple(
        Field(
            ask.id,
            ask.label,
            ("ask" if len(ask.options) < 4 else "choose") if ask.options else "area",
            ask.hint,
            tuple(Option(one.id, one.label) for one in ask.options),
            seen.answers.get(ask.id, ""),
        )
        for ask in rule.asks
    )
    names = [ask.id for ask in rule.asks]

    def do(said: Typed, by: Actor, now: datetime) -> None:
        given = {name: said.get(name) for name in names}
        actions.ground(seen.row.id, given, seen=said.number("seen"), by=by, now=now)

    lede = "Answer as far as you can and keep it; what is still missing is said on the case's page."
    return Step("The legal test", "Keep these answers", fields, do, lede, seen=seen.version)


def _say(seen: CaseView, by: Actor, now: datetime) -> Step:
    rule = queries.rule_of(seen, by=by)
    had = [Chosen(str(one["term"]), str(one["detail"])) for one in seen.terms]

    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.say(seen.row.id, chosen(rule, said), seen=said.number("seen"), by=by, now=now)

    lede = "Only what the law allows can be chosen. Write no names or addresses: officers of every role see this."
    return Step(f"What the {rule.short} says", "Keep this", (terms(rule, had),), do, lede, seen=seen.version)


def _send(seen: CaseView, by: Actor, now: datetime) -> Step:
    rule = queries.rule_of(seen, by=by)

    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.send(seen.row.id, seen=said.number("seen"), by=by, now=now)

    lede = f"It goes to {rule.made_by.lower()}, who sees it first on the list. You cannot change it meanwhile."
    return Step(
        "Send it for authority", "Send it", (), do, lede, lines(queries.test_of(seen, by=by)), TEST, seen=seen.version
    )


def _authority(seen: CaseView, by: Actor, now: datetime) -> Step:
    outcome = queries.test_of(seen, by=by)
    rule = queries.rule_of(seen, by=by)
    words = tuple((ask.label, seen.answers.get(ask.id, "")) for ask in rule.asks if not ask.options)
    says = "; ".join(term.label for one in seen.terms for term in rule.terms if term.id == one["term"])
    whom = (("It binds", seen.row.subject_name), ("To protect", seen.row.at_risk_name), ("It says", says))

    def do(said: Typed, by: Actor, now: datetime) -> None:
        act = actions.refuse if said.get("do") == "refuse" else actions.authorise
        act(seen.row.id, said.get("words"), seen=said.number("seen"), by=by, now=now)

    return Step(
        f"Authorise this {rule.short}?",
        "Authorise",
        (
            Field(
                "words",
                "Your reasons",
                "area",
                "Why it is necessary; or what is missing. Kept with your name and rank.",
            ),
        ),
        do,
        f"{rule.made_by} decides, from their own sign-in. Consent of the person to be protected is not needed.",
        lines(outcome),
        TEST,
        (*whom, *words),
        seen=seen.version,
        other=("refuse", "Refuse and send back"),
    )


def lines(outcome: Outcome) -> tuple[str, ...]:
    """Say each line of the test."""
    word = {"true": "Met", "false": "Not met", "unknown": "Not known"}
    return tuple(f"{word[line.truth]}: {line.words} ({line.law})" for line in outcome.lines)


def _withdraw(seen: CaseView, by: Actor, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.withdraw(seen.row.id, said.get("words"), by=by, now=now)

    reason = Field("words", "Why, and what keeps the person safe instead", "area")
    lede = "The case is closed, and a notice that came of it binds nobody from now."
    return Step("Withdraw this case", "Withdraw it", (reason,), do, lede, warns=True)


def _close(seen: CaseView, by: Actor, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.close(seen.row.id, said.get("words"), by=by, now=now)

    reason = Field("words", "How it ended, and what keeps the person safe now", "area")
    return Step("Close this case", "Close it", (reason,), do, "Possible when nothing binds and nothing is owed.")


def _check(seen: CaseView, by: Actor, now: datetime) -> Step:
    known = vocabulary.choices(schemes.systems(now), clock.london_date(now))
    options = tuple(Option(c.code, c.label, "Each time" if c.says("default") else "") for c in known)

    def do(said: Typed, by: Actor, now: datetime) -> None:
        done = Checks(
            said.all("systems"), said.get("found"), said.get("not_searched_because"), said.get("in_danger"),
            said.moment("done_at"),
        )  # fmt: skip
        actions.check(seen.row.id, done, by=by, now=now)

    return Step(
        "First checks",
        "Record the checks",
        (
            Field("systems", "Searched", "many", options=options),
            Field("found", "What was found", "area", "Or that nothing was."),
            Field(
                "not_searched_because",
                "Why something was not searched",
                hint="Only if one marked each time is not ticked",
            ),
            Field("in_danger", "Is anybody in danger now?", "ask", options=YES_NO),
            Field("done_at", "When the checks were done", "moment", value=watch(now)),
        ),
        do,
        "If somebody is in danger now, act first: send a unit, and tell them without waiting for the forum.",
    )


def _meet(seen: CaseView, by: Actor, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.meet(seen.row.id, Met(said.moment("at"), said.get("identity"), said.get("words")), by=by, now=now)

    return Step(
        "The meeting face to face",
        "Record the meeting",
        (
            Field("at", "When", "moment", value=watch(now)),
            Field("identity", "How they proved who they are", hint="A photograph, and proof of birth date and address"),
            Field("words", "What they told you, and what they fear", "area"),
        ),
        do,
        f"Reach them only so: {seen.answers.get('safe_contact', '')}",
        reaching.told(seen.row.at_risk_id, seen.row.at_risk_name, by=by, now=now),
        points_head=f"What the register says of {seen.row.at_risk_name}",
    )


def _decide(seen: CaseView, by: Actor, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        names = ("chair", "agencies", "outcome", "lawful", "necessary", "proportionate", "wording")
        actions.decide(seen.row.id, Decided(said.moment("at"), *(said.get(name) for name in names)), by=by, now=now)

    tests = tuple(Field(name, words, "area", "Needed to disclose", rows=2) for name, words in schemes.TESTS.items())
    outcomes = tuple(Option(code, text) for code, text in schemes.OUTCOMES.items())
    return Step(
        "The decision of the forum",
        "Record the decision",
        (
            Field("at", "When it was decided", "moment", value=watch(now)),
            Field("chair", "Who chaired, with rank"),
            Field("agencies", "Which agencies took part"),
            Field("outcome", "What was decided", "choose", options=outcomes),
            *tests,
            Field(
                "wording",
                "The very words to be said",
                "area",
                "Nothing is left in writing. Never say that there is no risk.",
            ),
        ),
        do,
    )


def _told_fields(now: datetime, *, urgent: bool) -> tuple[Field, ...]:
    why = (Field("urgent_because", "What danger could not wait for the forum", "area", rows=2),) if urgent else ()
    return (
        *why,
        Field("at", "When", "moment", value=watch(now)),
        Field("recipient", "Who was told", "choose", options=_options(schemes.RECIPIENTS)),
        Field("by_whom", "By which two professionals", hint="Names with a comma between"),
        Field("undertaking", "Undertaking of confidentiality", "choose", options=_options(schemes.UNDERTAKINGS)),
        Field("words", "What was told, and how it was taken", "area"),
    )


def _options(words: dict[str, str] | object) -> tuple[Option, ...]:
    assert hasattr(words, "items")
    return tuple(Option(code, text) for code, text in words.items())


def _told(said: Typed) -> Told:
    names = ("recipient", "by_whom", "undertaking", "words", "urgent_because")
    return Told(said.moment("at"), *(said.get(name) for name in names))


def _tell(seen: CaseView, by: Actor, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        if seen.row.state != "decided":
            raise Invalid({"words": "No forum has decided this yet."})
        actions.tell(seen.row.id, _told(said), by=by, now=now)

    lede = f"Say only: {seen.answers.get('wording', '')}"
    return Step("They were told", "Record this", _told_fields(now, urgent=False), do, lede)


def _now(seen: CaseView, by: Actor, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.tell(seen.row.id, _told(said), by=by, now=now)

    lede = "In immediate danger no forum is needed first. The request goes on afterwards, and the forum looks at this."
    return Step("Told before any forum", "Record this", _told_fields(now, urgent=True), do, lede, warns=True)


def _plan(seen: CaseView, by: Actor, now: datetime) -> Step:
    def do(said: Typed, by: Actor, now: datetime) -> None:
        actions.plan(seen.row.id, said.get("words"), said.get("support"), by=by, now=now)

    return Step(
        "The safety plan",
        "Keep the plan and close",
        (
            Field("words", "What keeps the person safe now", "area", "Whatever was decided."),
            Field("support", "Support offered, and whether it was taken"),
        ),
        do,
    )


_STEPS: dict[str, Callable[[CaseView, Actor, datetime], Step]] = {
    "ground": _ground,
    "say": _say,
    "send": _send,
    "authority": _authority,
    "withdraw": _withdraw,
    "close": _close,
    "check": _check,
    "meet": _meet,
    "decide": _decide,
    "tell": _tell,
    "now": _now,
    "plan": _plan,
}
