"""Every pair of colours that meets on a page can be told apart, in daylight and at night (WCAG 2.2 AA)."""

import re
from pathlib import Path

import pytest

SHEET = Path(__file__).resolve().parent.parent.parent / "fellwatch/shell/assets/sass/_palette.scss"

GROUNDS = ("body", "panel", "raised", "chosen", "hover")
WORDS = (
    *((word, ground) for word in ("text", "quiet", "link") for ground in GROUNDS),
    *((word, "body") for word in ("link-visited", "link-hover")),
    *((f"{tone}-text", ground) for tone in ("danger", "warn", "calm", "note", "special") for ground in GROUNDS[:3]),
    *((f"{tone}-text", f"{tone}-soft") for tone in ("danger", "warn", "calm", "note", "special", "neutral")),
    *(
        (f"on-{tone}", tone)
        for tone in ("brand", "danger", "warn", "calm", "note", "special", "action", "second", "header")
    ),
    *(("text", f"{tone}-soft") for tone in ("danger", "warn", "note", "neutral")),
    *(("link", f"{tone}-soft") for tone in ("danger", "warn", "note", "neutral")),
    ("on-action", "action-hover"),
    ("on-second", "second-hover"),
    ("header-quiet", "header"),
    ("header", "header-quiet"),
    ("focus-text", "focus"),
)
SHAPES = (
    *(("edge", ground) for ground in GROUNDS[:3]),
    *(
        (tone, ground)
        for tone in ("danger", "warn", "calm", "note", "brand")
        for ground in ("body", "panel", "neutral-soft")
    ),
)


def palettes() -> dict[str, dict[str, str]]:
    found = re.findall(r"\$(daylight|night): \((.*?)\n\);", SHEET.read_text(), re.S)
    return {name: dict(re.findall(r"([a-z-]+): (#[0-9a-f]{6})", body)) for name, body in found}


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["daylight", "night"])
def test_words_stand_out_from_what_is_behind_them(name: str) -> None:
    palette = palettes()[name]
    weak = [(word, ground) for word, ground in WORDS if contrast(palette[word], palette[ground]) < 4.5]
    assert weak == []


@pytest.mark.parametrize("name", ["daylight", "night"])
def test_bars_and_borders_stand_out_from_what_is_behind_them(name: str) -> None:
    palette = palettes()[name]
    weak = [(shape, ground) for shape, ground in SHAPES if contrast(palette[shape], palette[ground]) < 3]
    assert weak == []


def test_both_palettes_name_the_same_colours() -> None:
    found = palettes()
    assert found["daylight"].keys() == found["night"].keys()
    assert len(found["night"]) > 40
