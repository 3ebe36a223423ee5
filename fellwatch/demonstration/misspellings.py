"""How a name is written down wrong: as heard over a bad line, or as typed in a hurry."""

import random

_HEARD = """
    ph>f f>ph c>k k>c ck>k ie>y y>ie ey>y ee>ea ea>ee ei>ie ie>ei ll>l l>ll tt>t t>tt nn>n n>nn ss>s s>z
    z>s th>t gh> ough>o mac>mc mc>mac kn>n wr>r sh>ch oo>u ow>ou ai>ay ay>ai e>i a>e o>u j>g x>cks
    son>sen man>mann
"""
HEARD = tuple((pair.partition(">")[0], pair.partition(">")[2]) for pair in _HEARD.split())
"""Sounds that are taken for one another."""

_BESIDE = """
    as bv cx df er fg gh hj io kl lk mn nm op rt sa tr ui vb yt
"""
BESIDE = {pair[0]: pair[1] for pair in _BESIDE.split()}
"""Each key and one next to it."""


def misheard(rng: random.Random, name: str) -> str:
    """Return the name with one sound spelt another way, or as it was when none fits."""
    lower = name.lower()
    fitting = [(old, new) for old, new in HEARD if old in lower[1:]]
    if not fitting:
        return mistyped(rng, name)
    old, new = rng.choice(fitting)
    at = lower.index(old, 1)
    return name[:at] + new + name[at + len(old) :]


def mistyped(rng: random.Random, name: str) -> str:
    """Return the name with one slip: two letters swapped, one lost, doubled or its neighbour's."""
    if len(name) < 3:
        return name
    at = rng.randrange(1, len(name) - 1)
    match rng.randrange(4):
        case 0:
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        case 1:
            return name[:at] + name[at + 1 :]
        case 2:
            return name[: at + 1] + name[at:]
        case _:
            return name[:at] + BESIDE.get(name[at].lower(), name[at]) + name[at + 1 :]


def misreported(rng: random.Random, forenames: str, surname: str) -> tuple[str, str]:
    """Return a full name as given or typed in a hurry: one or two faults, sometimes the wrong way round."""
    spoil = misheard if rng.random() < 0.7 else mistyped
    first = forenames.split()[0]
    chance = rng.random()
    if chance < 0.1:
        return surname, first
    if chance < 0.55:
        return first, spoil(rng, surname)
    if chance < 0.75:
        return spoil(rng, first), surname
    return spoil(rng, first), spoil(rng, surname)
