"""Check an exported log with nothing but the standard library.

The export is JSON lines: in order of n `{"seal": n, "xid_below": …, "entries": …, "root": hex, "previous": hex, "hash":
hex}`, then `{"entry": "<text>", "xid": n}`. Run it anywhere: `python verify.py EXPORT.jsonl [N:HASH …]`.

A chain proves itself only up to whoever may write all of it: they can cut off its end, or alter it and seal it anew.
N:HASH is a seal that was noted before, where they cannot write; the log must still hold it.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

NOTHING = hashlib.sha256(b"").digest()


@dataclass(frozen=True)
class Seal:
    """A closed batch as stored."""

    n: int
    xid_below: int
    entries: int
    root: bytes
    previous: bytes
    hash: bytes


@dataclass(frozen=True)
class Verdict:
    """What a check found: how much is proved, how much still waits for its seal, and every fault."""

    sealed: int
    waiting: int
    seals: int
    faults: tuple[str, ...]
    head: str = ""
    """The last seal as N:HASH, to be noted elsewhere; empty where there is none."""

    @property
    def holds(self) -> bool:
        """Whether nothing was altered, removed or put in."""
        return not self.faults


def leaf(text: str) -> bytes:
    """Return the hash of one entry's text."""
    return hashlib.sha256(b"\x00" + text.encode()).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the Merkle root (RFC 6962, an odd node carried up unchanged)."""
    level = list(leaves)
    if not level:
        return NOTHING
    while len(level) > 1:
        level = [_above(level[i : i + 2]) for i in range(0, len(level), 2)]
    return level[0]


def _above(pair: Sequence[bytes]) -> bytes:
    return pair[0] if len(pair) == 1 else hashlib.sha256(b"\x01" + pair[0] + pair[1]).digest()


def seal_hash(previous: bytes, seal: Seal) -> bytes:
    """Return what the seal's hash must be, given the one before it."""
    head = f"{seal.n}:{seal.xid_below}:{seal.entries}:".encode()
    return hashlib.sha256(b"\x02" + previous + head + seal.root).digest()


def noted(text: str) -> tuple[int, bytes]:
    """Read a seal that was noted as N:HASH. Raises ValueError."""
    number, _, digest = text.strip().partition(":")
    if not re.fullmatch(r"[0-9]{1,18}", number) or not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise ValueError("A noted seal is its number, a colon and its hash of 64 letters and digits.")
    return int(number), bytes.fromhex(digest)


def verify(
    entries: Iterable[tuple[int, int, str]], seals: Iterable[Seal], expected: Mapping[int, bytes] | None = None
) -> Verdict:
    """Check entries (transaction, id, text), sorted by transaction then id, against their seals in order.

    `expected` are seals that were noted before: what hash each number had.
    """
    faults: list[str] = []
    missing = dict(expected or {})
    source = iter(entries)
    held = next(source, None)
    previous, sealed, count, head = NOTHING, 0, 0, ""
    for seal in seals:
        batch: list[tuple[int, bytes]] = []
        while held is not None and held[0] < seal.xid_below:
            batch.append((held[1], leaf(held[2])))
            held = next(source, None)
        faults.extend(_faults(seal, count + 1, previous, [h for _, h in sorted(batch)]))
        if missing.pop(seal.n, seal.hash) != seal.hash:
            faults.append(
                f"Seal {seal.n} is not the one that was noted: the log was written anew from there or before."
            )
        previous, sealed, count, head = seal.hash, sealed + len(batch), seal.n, f"{seal.n}:{seal.hash.hex()}"
    faults.extend(f"Seal {n} was noted and is not there: the log was cut off." for n in sorted(missing))
    waiting = sum(1 for _ in source) + (held is not None)
    return Verdict(sealed, waiting, count, tuple(faults), head)


def _faults(seal: Seal, expected: int, previous: bytes, leaves: Sequence[bytes]) -> Iterator[str]:
    if seal.n != expected:
        yield f"Seal {expected} is missing; seal {seal.n} stands in its place."
    if seal.previous != previous:
        yield f"Seal {seal.n} does not follow from the seal before it."
    if len(leaves) != seal.entries:
        yield f"Seal {seal.n} closed over {seal.entries} entries; {len(leaves)} are there now."
    elif root(leaves) != seal.root:
        yield f"An entry under seal {seal.n} is not what it was when it was sealed."
    if seal_hash(seal.previous, seal) != seal.hash:
        yield f"Seal {seal.n} itself was altered."


def read(lines: Iterable[str], expected: Mapping[int, bytes] | None = None) -> Verdict:
    """Check an export, and against the seals that were noted before."""
    entries: list[tuple[int, int, str]] = []
    seals: list[Seal] = []
    for line in lines:
        item = json.loads(line)
        if "entry" in item:
            entries.append((item["xid"], json.loads(item["entry"])[0], item["entry"]))
        else:
            seals.append(Seal(item["seal"], item["xid_below"], item["entries"], *_digests(item)))
    return verify(sorted(entries), seals, expected)


def _digests(item: dict[str, str]) -> tuple[bytes, bytes, bytes]:
    return bytes.fromhex(item["root"]), bytes.fromhex(item["previous"]), bytes.fromhex(item["hash"])


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as export:
        found = read(export, dict(map(noted, sys.argv[2:])))
    print(f"{found.sealed} entries under {found.seals} seals, {found.waiting} waiting for theirs.")
    for fault in found.faults:
        print("FAULT:", fault)
    print("Last seal:", found.head or "none")
    sys.exit(0 if found.holds else 1)
