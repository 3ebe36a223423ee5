"""The steps of a referral, each a form of one decision."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime

from django.http import HttpRequest

from fellwatch.foundation import access, clock
from fellwatch.foundation.access import Actor
from fellwatch.meetings import actions as meetings
from fellwatch.meetings import queries as met
from fellwatch.recognition import creating, index
from fellwatch.recognition.queries import Query, who
from fellwatch.records.actions import NewPerson
from fellwatch.records.values import split_name
from fellwatch.safeguarding.marac import actions, law
from fellwatch.safeguarding.marac.access import WRITE
from fellwatch.safeguarding.marac.actions.contacting import ADVISES
from fellwatch.safeguarding.marac.values import Invalid, Placed, Reached, ReferralView, Triaged
from fellwatch.safeguarding.pages.forms import Field, Option, Step, Typed, as_id, watch
from fellwatch.safeguarding.pages.marac import showing
from fellwatch.sharing import queries as sharing
from fellwatch.sharing.reach import showing as reaching
from fellwatch.sharing.reach.values import HOW

BY_STATE: Mapping[str, tuple[tuple[str, str], ...]] = {
    "to_place": (("place", "Say who is meant"), ("withdraw", "Withdraw it")),
    "to_triage": (
        ("triage", "Write down what the panel decided"),
        ("reached", "Note a contact"),
        ("adviser", "Give it to another service"),
        ("withdraw", "Withdraw it"),
    ),
    "accepted": (
        ("list", "Put it on an agenda"),
        ("reached", "Note a contact"),
        ("adviser", "Give it to another service"),
        ("withdraw", "Withdraw it"),
    ),
    "listed": (
        ("ask", "Ask more agencies"),
        ("reached", "Note a contact"),
        ("adviser", "Give it to another service"),
        ("put_back", "Take it off the agenda"),
    ),
    "heard": (("reached", "Note a contact"), ("adviser", "Give it to another service")),
    "not_heard": (
        ("reopen", "Bring it before the MARAC after all"),
        ("reached", "Note a contact"),
        ("adviser", "Give it to another service"),
    ),
    "withdrawn": (),
}
Build = Callable[[ReferralView, HttpRequest, Actor, datetime], Step]


def offered(seen: ReferralView, by: Actor) -> tuple[tuple[str, str], ...]:
    """Return the steps that may be taken now, the likeliest first."""
    return BY_STATE[seen.row.state] if WRITE in by.permissions else ()


def step(name: str, seen: ReferralView, request: HttpRequest, *, by: Actor, now: datetime) -> Step | None:
    """Return the form of a step; None where there is none of that name."""
    access.check(by, WRITE, subject=("matter", str(seen.row.id)))
    build = _STEPS.get(name)
    return build(seen, request, by, now) if build else None


def _place(seen: ReferralView, request: HttpRequest, by: Actor, now: datetime) -> Step:
    said = seen.told
    victims = _candidates(
        said.get("victim_name", ""), said.get("victim_born", ""), said.get("victim_address", ""), by, now
    )
    them = _candidates(
        said.get("perpetrator_name", ""), said.get("perpetrator_born", ""), said.get("perpetrator_address", ""), by, now
    )

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        with access.acting(by):
            victim = _chosen(typed, "victim", said.get("victim_name", ""), victims, by, now)
            perpetrator = _chosen(typed, "perpetrator", said.get("perpetrator_name", ""), them, by, now)
            actions.place(seen.row.id, Placed(victim, (perpetrator,)), by=by, now=now)

    new = Option("new", "Nobody here: make a new record")
    return Step(
        "Say who is meant",
        "These are the two",
        (
            Field("victim", f"Victim: {said.get('victim_name', '')}", "ask", options=(*victims, new)),
            Field("perpetrator", f"Perpetrator: {said.get('perpetrator_name', '')}", "ask", options=(*them, new)),
        ),
        do,
        "Whether it is a repeat, and from whom it is kept, hangs on this. Look twice.",
        facts=tuple(showing.told(said)),
    )


def _candidates(name: str, born: str, address: str, by: Actor, now: datetime) -> tuple[Option, ...]:
    found = who(Query(name=name.split(",")[0], date_of_birth=born, address=address), by=by, now=now, limit=6)
    return tuple(
        Option(str(one.person_id), f"{one.name}, born {one.born} · {one.likelihood_words}") for one in found.candidates
    )


def _chosen(typed: Typed, field: str, name: str, options: tuple[Option, ...], by: Actor, now: datetime) -> uuid.UUID:
    wanted = typed.get(field)
    if wanted == "new":
        forenames, surname = split_name(name[:200])
        new = NewPerson(forenames, surname, source="safeguarding", id=uuid.uuid5(typed.id(), field))
        creating.add(new, by=by, now=now)
        index.refresh([new.id])
        return new.id
    chosen = as_id(wanted) if wanted in {one.code for one in options} else None
    if chosen is None:
        raise Invalid({f"{field}-1": "Choose who it is, or that nobody here is meant."})
    return chosen


def _triage(seen: ReferralView, request: HttpRequest, by: Actor, now: datetime) -> Step:
    rule = law.conference(clock.london_date(seen.row.referred_at))

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        new = Triaged(typed.get("outcome"), typed.get("because"), typed.all("panel"))
        actions.triage(seen.row.id, new, by=by, now=now)

    return Step(
        f"What the panel decided: {seen.row.victim}",
        "Record the decision",
        (
            Field("outcome", "Decision", "ask", options=tuple(Option(one.id, one.label) for one in rule.outcomes)),
            Field("panel", f"Who sat on it: {rule.panel_at_least} agencies or more", "many", options=_agencies(by)),
            Field("because", "The panel's reasons", "area", "Whoever referred reads them. So does the log"),
        ),
        do,
        "Not heard is not finished: an adviser's offer and a plan stay owed.",
        (*seen.row.because, *(f"{one['label']}: {one['why']}" for one in showing.criteria(seen) if one["met"])),
        points_head="Why it is here",
        facts=tuple(showing.told(seen.told)),
    )


def _agencies(by: Actor, kind: str = "") -> tuple[Option, ...]:
    return tuple(Option(one.code, one.name) for one in sharing.agencies(by=by) if kind in {"", one.kind})


def _list(seen: ReferralView, request: HttpRequest, by: Actor, now: datetime) -> Step:
    coming = [one for one in met.meetings("marac", by=by, since=now) if one.state in {"planned", "sent", "running"}]
    options = tuple(
        Option(str(one.id), f"{one.title}, {clock.london(one.starts_at):%a %-d %b %H:%M} · {one.cases} on it")
        for one in coming
    )

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        meeting = as_id(typed.get("meeting"))
        if meeting is None:
            raise Invalid({"meeting": "Choose a meeting, or call one first."})
        actions.list_on(seen.row.id, meeting, by=by, now=now)

    return Step(
        f"Put {seen.row.victim} on an agenda",
        "Put it on, and ask the agencies",
        (Field("meeting", "Which meeting", "choose", options=options, value=options[0].code if options else ""),),
        do,
        "Every agency invited is asked what it knows, and learns of the case, less whoever it is kept from."
        if options
        else "No meeting lies ahead. Call one from the MARAC's first page.",
    )


def _ask(seen: ReferralView, request: HttpRequest, by: Actor, now: datetime) -> Step:
    def do(typed: Typed, by: Actor, now: datetime) -> None:
        actions.ask_agencies(seen.row.id, typed.all("agencies"), by=by, now=now)

    ask = Field("agencies", "Which agencies", "many", options=_agencies(by))
    return Step("Ask more agencies what they know", "Ask them", (ask,), do, "They learn of this case by being asked.")


def _adviser(seen: ReferralView, request: HttpRequest, by: Actor, now: datetime) -> Step:
    def do(typed: Typed, by: Actor, now: datetime) -> None:
        actions.assign_adviser(seen.row.id, typed.get("adviser"), by=by, now=now)

    which = Field("adviser", "Which service", "choose", options=_agencies(by, ADVISES), value=seen.row.adviser)
    return Step(
        "Who reaches the victim", "Give it to them", (which,), do, "The time runs from the referral all the same."
    )


def _reached(seen: ReferralView, request: HttpRequest, by: Actor, now: datetime) -> Step:
    return contact_form(seen, now, reaching.told(seen.victim_id, seen.row.victim, by=by, now=now))


def contact_form(seen: ReferralView, now: datetime, reach: tuple[str, ...] = ()) -> Step:
    """Return the form of one attempt to reach the victim, for the adviser's service or for it.

    Whoever may read the register is shown what it says, and must say by which number or address they tried.
    """

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        new = Reached(
            typed.moment("at"), typed.get("reached") == "yes", typed.get("words"), typed.get("engaged"),
            typed.get("means"), typed.get("to"), typed.id(),
        )  # fmt: skip
        if typed.get("reached") not in {"yes", "no"}:
            raise Invalid({"reached-1": "Say whether you reached them."})
        actions.reached(seen.row.id, new, by=by, now=now)

    wants = (Option("yes", "Yes"), Option("no", "Not now"), Option("thinking", "Thinking about it"))
    how = (
        Field("means", "How", "choose", options=tuple(Option(code, text) for code, text in HOW.items())),
        Field("to", "Number or address", hint="Only one that was said to be safe. Face to face: where"),
    )
    safe = showing.told({name: seen.told.get(name, "") for name in ("victim_phone", "safe_contact")})
    return Step(
        f"Reach {seen.row.victim}",
        "Record it",
        (
            Field("at", "When", "moment", value=watch(now)),
            *(how if reach else ()),
            Field("reached", "Did you reach them?", "ask", options=(Option("yes", "Yes"), Option("no", "No"))),
            Field("engaged", "Do they want help?", "ask", "If you reached them", wants),
            Field("words", "What was agreed, what they want; or how it was tried", "area"),
        ),
        do,
        "Only by the way they said is safe. Leave no message that somebody else could hear.",
        reach,
        points_head="What the register says" if reach else "",
        facts=tuple(safe),
    )


def _why(title: str, button: str, field: str, then: Callable[[Typed, Actor, datetime], None]) -> Step:
    return Step(title, button, (Field("because", field, "area"),), then)


def _withdraw(seen: ReferralView, request: HttpRequest, by: Actor, now: datetime) -> Step:
    def do(typed: Typed, by: Actor, now: datetime) -> None:
        actions.withdraw(seen.row.id, typed.get("because"), by=by, now=now)

    return _why(f"Withdraw the referral of {seen.row.victim}", "Withdraw it", "Why", do)


def _reopen(seen: ReferralView, request: HttpRequest, by: Actor, now: datetime) -> Step:
    def do(typed: Typed, by: Actor, now: datetime) -> None:
        actions.reopen(seen.row.id, typed.get("because"), by=by, now=now)

    return _why(f"Bring {seen.row.victim} before the MARAC after all", "Bring it", "What has changed", do)


def _put_back(seen: ReferralView, request: HttpRequest, by: Actor, now: datetime) -> Step:
    on = [one for one in met.meetings("marac", by=by, since=now) if _has(one.id, seen.row.id, by)]

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        if not on:
            raise Invalid({"because": "It stands on no agenda that lies ahead."})
        actions.put_back(seen.row.id, on[0].id, typed.get("because"), by=by, now=now)

    return _why(
        f"Take {seen.row.victim} off the agenda", "Take it off", "Why it waits, and what protects until then", do
    )


def _has(meeting: uuid.UUID, matter: uuid.UUID, by: Actor) -> bool:
    return any(line.matter_id == matter for line in met.agenda(meeting, by=by))


def _rule(seen: ReferralView, request: HttpRequest, by: Actor, now: datetime) -> Step:
    accounts = tuple(Option(str(id), f"{name}, {agency}") for id, name, agency in met.accounts(by=by))
    asked = request.GET.get("account", "")

    def do(typed: Typed, by: Actor, now: datetime) -> None:
        account = as_id(typed.get("account"))
        problems = {}
        if account is None:
            problems["account"] = "Choose the account."
        if typed.get("kept") not in {"yes", "no"}:
            problems["kept-1"] = "Say whether it is kept from them."
        if problems or account is None:
            raise Invalid(problems)
        meetings.rule_on(seen.row.id, account, typed.get("because"), kept=typed.get("kept") == "yes", by=by, now=now)

    options = (Option("yes", "Keep it from them"), Option("no", "Somebody else: only the same name"))
    return Step(
        "Keep this case from an account",
        "Record it",
        (
            Field("account", "Whose account", "choose", options=accounts, value=asked),
            Field("kept", "What holds", "ask", options=options),
            Field("because", "How you know", "area", rows=2),
        ),
        do,
        "Whoever is kept out sees nothing of it: no line, no number, no gap, in no list, paper, calendar or count.",
    )


_STEPS: Mapping[str, Build] = {
    "place": _place,
    "triage": _triage,
    "list": _list,
    "ask": _ask,
    "adviser": _adviser,
    "reached": _reached,
    "withdraw": _withdraw,
    "reopen": _reopen,
    "put_back": _put_back,
    "rule": _rule,
}
