"""What a soak has done so far, so that one that was cut short goes on where it stopped."""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path


class Diary:
    """One line of JSON for each batch. Without a path nothing is kept and every batch is left to do."""

    def __init__(self, path: Path | None) -> None:
        self.path = path

    def left(self, batches: int) -> list[int]:
        """Return the batches that have not held yet."""
        held = {line["batch"] for line in self._lines() if not line["trouble"]}
        return [number for number in range(batches) if number not in held]

    def note(self, batch: int, did: Mapping[str, int], trouble: BaseException | None = None) -> None:
        """Keep what a batch did, and print what all of them came to."""
        if self.path is None:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a") as lines:
            said = f"{type(trouble).__name__}: {trouble}"[:2000] if trouble else ""
            lines.write(json.dumps({"batch": batch, "did": dict(did), "trouble": said}) + "\n")
        print(f"\n{self.told()}", flush=True)

    def told(self) -> str:
        """Return what has been done, in one line."""
        lines = self._lines()
        did = sum((Counter(line["did"]) for line in lines), Counter())
        steps = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in sorted(did.items()))
        held = {line["batch"] for line in lines if not line["trouble"]}
        broke = {line["batch"] for line in lines if line["trouble"]} - held
        return f"Soak: {steps}. Batches that held: {len(held)}; that broke: {sorted(broke) or 'none'}."

    def _lines(self) -> list[dict]:
        if self.path is None or not self.path.exists():
            return []
        return [json.loads(line) for line in self.path.read_text().splitlines()]
