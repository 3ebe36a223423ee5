"""How a name sounds: Metaphone, bent towards names heard over a telephone in Britain. Pure."""

import re
from functools import lru_cache

import jellyfish

# Names that English spelling rules cannot guess, by how they are said.
_SAID = {
    "sean": "shaun",
    "siobhan": "shivaun",
    "sinead": "shinade",
    "niamh": "neve",
    "aoife": "eefa",
    "saoirse": "sersha",
    "caoimhe": "keeva",
    "eoghan": "owen",
    "oisin": "osheen",
    "ciara": "keera",
    "ciaran": "keeran",
    "rhys": "reece",
    "sian": "sharn",
    "isla": "eyla",
    "cholmondeley": "chumley",
    "featherstonehaugh": "fanshaw",
    "menzies": "mingis",
    "marjoribanks": "marchbanks",
    "beauchamp": "beecham",
    "dalziel": "deeyel",
}

_SPELLINGS = (
    (re.compile(r"sch"), "sh"),
    (re.compile(r"dt"), "t"),
    (re.compile(r"mps"), "ms"),
    (re.compile(r"ugh(?=es|s|$)"), "u"),
    (re.compile(r"^mac(?=[^aeiou])|^mag(?=[^aeiou])"), "mc"),
    (re.compile(r"^(?:pf|ph)"), "f"),
    (re.compile(r"^(?:gn|kn|pn)"), "n"),
    (re.compile(r"^wr"), "r"),
    (re.compile(r"^wh"), "w"),
    (re.compile(r"^x"), "s"),
    (re.compile(r"^cz"), "ch"),
    (re.compile(r"^kh"), "k"),
    (re.compile(r"^dz|^dj"), "j"),
    (re.compile(r"c(?=[iey])"), "s"),
    (re.compile(r"cks|cs|kx"), "x"),
    (re.compile(r"(?<=[a-z])y"), "i"),
    (re.compile(r"augh|ough"), "o"),
    (re.compile(r"igh"), "i"),
    (re.compile(r"th"), "t"),
    (re.compile(r"z"), "s"),
    (re.compile(r"(?<=[aeiou])h(?=[^aeiou]|$)"), ""),
)
_REPEATED = re.compile(r"(.)\1+")


@lru_cache(maxsize=131072)
def sound(word: str) -> str:
    """Return the code of one word; words with the same code sound alike. A script not read is its own code.

    >>> sound("danyel") == sound("danielle")
    True
    """
    if not word.isascii() or not word.isalpha():
        return word
    word = _SAID.get(word, word)
    for pattern, spelling in _SPELLINGS:
        word = pattern.sub(spelling, word)
    code: str = jellyfish.metaphone(word)
    code = _REPEATED.sub(r"\1", code.replace("0", "T").replace(" ", ""))
    return "A" + code[1:] if code[:1] in ("A", "E", "I", "O", "U") else code or word.upper()
