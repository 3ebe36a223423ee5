"""Incidents of a block with everybody in them: closed ones as rows, open ones as calls still to be logged."""

from datetime import timedelta

from fellwatch.demonstration import thrive
from fellwatch.demonstration.closed import Writer, call_sign, channel
from fellwatch.demonstration.happenings import Case, Kind
from fellwatch.demonstration.misspellings import misreported
from fellwatch.demonstration.people import Resident
from fellwatch.demonstration.plan import Planned
from fellwatch.demonstration.rows import LiveCall, NameRow
from fellwatch.demonstration.ruled import Ruler, Told
from fellwatch.demonstration.scenes import Scene, Scenes


class Incidents:
    """Writes a block's incidents into its batch."""

    def __init__(self, scenes: Scenes, writer: Writer, rule: Ruler) -> None:
        self.scenes, self.writer, self.rule, self.rng = scenes, writer, rule, writer.rng
        self._reported: set[tuple[str, str, str]] = set()

    def close(self, planned: Planned) -> None:
        """Write an incident that is over."""
        case = self._case(planned.kind)
        scene = self.scenes.draw(planned.kind, case, planned.received_at)
        told = Told(planned.kind, case, channel(self.rng, case), scene.roles)
        self.writer.write(planned, told, scene, self.rule(told))
        if scene.suspects and self.rng.random() < 0.3:
            self._misreport(self.rng.choice(scene.suspects))

    def open(self, kind: Kind) -> None:
        """Add a call that is still being dealt with, its age fitting its urgency."""
        case = self._case(kind)
        if case.urgent and self.rng.random() < 0.5:
            case = self._case(kind)
        age = self._age(case)
        at = self.writer.setting.now - timedelta(minutes=age)
        scene = self.scenes.draw(kind, case, at)
        self.writer.batch.live.append(
            LiveCall(
                self.writer.new_id(), channel(self.rng, case), kind.code, at, case.summary, case.qualifiers,
                scene.number, scene.place_id, scene.parts, dict(case.dangers), thrive.answers(case),
                self._steps(case, age, scene),
            )
        )  # fmt: skip

    def _case(self, kind: Kind) -> Case:
        return self.rng.choices(kind.cases, [case.weight for case in kind.cases])[0]

    def _age(self, case: Case) -> float:
        """Return how many minutes ago an open call came in."""
        if case.urgent:
            return self.rng.uniform(1.5, 45)
        if case.vulnerabilities or case.crime:
            return self.rng.triangular(4, 420, 40)
        return self.rng.triangular(10, 4 * 24 * 60, 300)

    def _steps(self, case: Case, age: float, scene: Scene) -> tuple[tuple[float, str, str], ...]:
        steps: list[tuple[float, str, str]] = []
        unit = call_sign(self.rng, scene.area)
        sent = self.rng.uniform(1, 6) if case.urgent else self.rng.uniform(15, 90)
        if sent < age and self.rng.random() < (0.8 if case.urgent else 0.25):
            steps.append((sent, "assign", unit))
            there = sent + self.rng.uniform(5, 25)
            if there < age and self.rng.random() < 0.7:
                steps.append((there, "arrive", ""))
        if age > 30 and self.rng.random() < 0.12:
            steps.append((self.rng.uniform(10, age - 5), "line", "Caller rang back to ask when somebody will come."))
        if age > 12 and self.rng.random() < 0.1:
            steps.append((self.rng.uniform(3, age - 2), "ask", "Is there anything we should know before we go?"))
        return tuple(sorted(steps))

    def _misreport(self, person: Resident) -> None:
        """Add the name as a caller in a hurry gave it."""
        first, last = misreported(self.rng, person.forenames, person.surname)
        key = (person.id, first, last)
        if key not in self._reported and (first, last) != (person.forenames, person.surname):
            self._reported.add(key)
            self.writer.batch.add(NameRow(self.writer.new_id(), person.id, "reported", first, last, None, None, "call"))
