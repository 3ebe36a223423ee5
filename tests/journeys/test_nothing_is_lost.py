"""The shipped handheld in Chromium, killed outright, its bytes cut: nothing acknowledged is lost, nothing is twice.

A few schedules in `make test`; `make soak` runs a thousand (FELLWATCH_SCHEDULES says how many), in batches: cut short,
it goes on with those that have not held. `build/soak/door.jsonl` keeps what each batch did.
"""

import itertools
import json
import os
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.journeys.diary import Diary
from tests.journeys.handset import Handset
from tests.journeys.mast import Mast

pytestmark = pytest.mark.journey

SOAK = os.environ.get("FELLWATCH_SOAK")
SCHEDULES = int(os.environ.get("FELLWATCH_SCHEDULES", "1000" if SOAK else "4"))
EACH = 20
BATCHES = -(-SCHEDULES // EACH)
diary = Diary(Path(__file__).parents[2] / "build" / "soak" / "door.jsonl" if SOAK else None)
ORDER = ["no", "not_asked", "not_known", "refused", "yes"]
QUESTIONS = ("q2", "q13", "q16", "q18")
OFFICERS = ("rosa", "ben")

SENT = """() => new Promise((told) => {
  const until = performance.now() + 300
  const isSent = () => document.querySelector(".hh-status").textContent.includes("everything sent")
  const look = () => (isSent() || performance.now() > until ? told(isSent()) : setTimeout(look, 10))
  dispatchEvent(new Event("online"))
  look()
})"""

HANDSET = st.integers(0, 1)
STEP = st.one_of(
    st.tuples(st.just("answer"), HANDSET, st.sampled_from(QUESTIONS), st.sampled_from(["yes", "no", "refused"])),
    st.tuples(st.just("answer"), HANDSET, st.sampled_from(QUESTIONS), st.sampled_from(["yes", "not_known"])),
    st.tuples(st.just("send"), HANDSET),
    st.tuples(st.just("down"), HANDSET),
    st.tuples(st.just("up"), HANDSET),
    st.tuples(st.just("cut"), HANDSET, st.sampled_from(["there", "back"]), st.integers(0, 9000)),
    st.tuples(st.just("kill"), HANDSET),
    st.tuples(st.just("press_and_kill"), HANDSET, st.sampled_from(QUESTIONS), st.sampled_from(["yes", "no"])),
    st.tuples(st.just("send_and_kill"), HANDSET, st.floats(0, 0.4)),
)


@dataclass(frozen=True)
class Said:
    """One answer pressed on one handset. Not `safe`: killed before the handset said so, it may stand or not."""

    handset: int
    question: str
    value: str
    safe: bool


@dataclass
class Doorstep:
    """Two officers at one incident, and every answer that was pressed."""

    handsets: list[Handset]
    incident: str
    county: str
    said: list[Said] = field(default_factory=list)
    did: Counter[str] = field(default_factory=Counter)

    def at_the_form(self, one: Handset) -> None:
        one.incident(self.incident)
        one.begin("dash")

    def restart(self, one: Handset) -> None:
        one.again()
        self.at_the_form(one)

    def do(self, step: tuple) -> None:
        one = self.handsets[step[1]]
        match step:
            case ("answer", which, question, value):
                one.answer(question, value)
                self.said.append(Said(which, question, value, safe=True))
            case ("send", _):
                self.send(one)
            case ("down", _):
                one.mast.down()
            case ("up", _):
                one.online()
            case ("cut", _, way, after):
                one.online()
                one.mast.cut(way, after)
                self.send(one)
            case ("kill", _):
                self.restart(one)
            case ("press_and_kill", which, question, value):
                one.press(question, value)
                self.said.append(Said(which, question, value, safe=False))
                self.restart(one)
            case ("send_and_kill", _, pause):
                one.online()
                self.send(one)
                time.sleep(pause)
                self.restart(one)

    def send(self, one: Handset) -> None:
        one.review()
        if one.page.query_selector("#send"):
            one.send()

    def settle(self) -> None:
        """Signal for everybody, until both say that all is sent."""
        for one in self.handsets:
            one.online()
            self.send(one)
            if not any(one.page.evaluate(SENT) for _ in range(100)):
                raise AssertionError(f"Not sent: {one.page.inner_text('#app')}")

    def check(self, since: int) -> None:
        with psycopg.connect(self.county) as owner:
            versions = owner.execute(
                "select number, answers from assessments_assessment where instrument = 'dash' and incident_id = %s "
                "and number >= %s order by number",
                [self.incident, since],
            ).fetchall()
            differs = owner.execute(
                "select question, arrived, stored from assessments_difference where incident_id = %s", [self.incident]
            ).fetchall()
            sendings = owner.execute(
                "select number, body, outcome, device_id, digest from assessments_sending where incident_id = %s "
                "order by received_at",
                [self.incident],
            ).fetchall()
        self._nothing_lost(versions, differs)
        self._nothing_twice(sendings)
        self._nothing_lowered_in_silence(versions, sendings)
        for one in self.handsets:
            assert one.troubles == []
            self._receipts_are_true(one, {digest for *_, digest in sendings})

    def _nothing_lost(self, versions, differs) -> None:
        for at, said in enumerate(self.said):
            stood = any(answers.get(said.question) == said.value for _, answers in versions)
            argued = any(one == said.question and said.value in sides for one, *sides in differs)
            assert not said.safe or stood or argued or self._changed_again(at), (said, self.said)

    def _changed_again(self, at: int) -> bool:
        """Whether the same handset was given another answer later, so that this one may never have been sent."""
        said = self.said[at]
        return any((one.handset, one.question) == (said.handset, said.question) for one in self.said[at + 1 :])

    def _nothing_twice(self, sendings) -> None:
        stamps = [
            (device, one["question"], json.dumps(one["stamp"]))
            for _, body, _, device, _ in sendings
            for one in json.loads(body)["changes"]
        ]
        assert len(stamps) == len(set(stamps))

    def _nothing_lowered_in_silence(self, versions, sendings) -> None:
        lowered: dict[int, set[str]] = {}
        for number, _, outcome, *_ in sendings:
            lowered.setdefault(number, set()).update(outcome["lowered"])
        for (_, before), (number, after) in itertools.pairwise(versions):
            for question in QUESTIONS:
                was, became = before.get(question), after.get(question)
                if was and ORDER.index(became) < ORDER.index(was):
                    assert question in lowered[number], (number, question, was, became)

    def _receipts_are_true(self, one: Handset, digests: set[str]) -> None:
        self.at_the_form(one)
        one.review()
        shown = one.page.locator(".hh-section li").all_inner_texts()
        codes = [line.split("receipt ")[1][:9] for line in shown if "receipt " in line]
        known = {f"{digest[:4]} {digest[4:8]}".upper() for digest in digests}
        assert set(codes) <= known
        assert len(codes) == len(set(codes))

    def latest(self) -> int:
        with psycopg.connect(self.county) as owner:
            found = owner.execute(
                "select coalesce(max(number), 0) from assessments_assessment where instrument = 'dash' "
                "and incident_id = %s",
                [self.incident],
            ).fetchone()
        return int(found[0])


@pytest.fixture
def doorstep(driver, address, county, tmp_path, request):
    target = ("127.0.0.1", int(address.rsplit(":", 1)[1]))
    handsets = [Handset(driver, tmp_path / name, Mast(target)) for name in OFFICERS]
    for name, one in zip(OFFICERS, handsets, strict=True):
        one.sign_in(name)
        one.remember_sign_in()
        one.enrol(f"HH-{name}-{uuid.uuid4().hex[:4]}")
    # Batches go round the incidents that both hold; what earlier ones did there stands, as it would.
    incidents = list(handsets[0].shared(handsets[1]))
    standing = Doorstep(handsets, incidents[request.getfixturevalue("number") % len(incidents)], county)
    for one in handsets:
        standing.at_the_form(one)
    yield standing
    for one in handsets:
        one.kill()
        one.mast.close()


def run(doorstep, number: int, count: int) -> None:
    """Run the schedules of one batch: the same number gives the same schedules, whenever and wherever."""

    @seed(number)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(STEP, min_size=5, max_size=12))
    def each(steps):
        doorstep.said = []
        since = doorstep.latest()
        for step in steps:
            doorstep.do(step)
            doorstep.did[step[0]] += 1
        doorstep.settle()
        doorstep.check(since)
        doorstep.did["schedules"] += 1

    each()


@pytest.mark.parametrize("number", diary.left(BATCHES))
def test_nothing_acknowledged_is_lost_nothing_is_twice_and_nothing_is_lowered_in_silence(doorstep, number):
    count = min(EACH, SCHEDULES - number * EACH)
    try:
        run(doorstep, number, count)
    except BaseException as trouble:
        diary.note(number, doorstep.did, trouble)
        raise
    diary.note(number, doorstep.did)
