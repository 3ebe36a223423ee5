"""Draw the reliability curve as one SVG that reads in light and dark; its table stands beside it in the report."""

from collections.abc import Mapping, Sequence
from html import escape

from benchmarks.matching.measures import Bin
from benchmarks.picture import STYLE

SIZE, LEFT, TOP, RIGHT, BELOW = 400, 64, 48, 210, 52
INKS, DASHES, SHAPES = ("#1d70b8", "#b58840"), ("", "7 4"), ("circle", "square")


def draw(title: str, series: Mapping[str, Sequence[Bin]]) -> str:
    """Return the picture: what was shown across, what was right upwards, and the diagonal of perfect calibration."""
    wide, high = LEFT + SIZE + RIGHT, TOP + SIZE + BELOW
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" aria-labelledby="t d">',
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(_words(series))}</desc>',
        f'<style>{STYLE}</style><text class="t" x="{LEFT}" y="26">{escape(title)}</text>',
        *_grid(),
    ]
    for number, (name, bins) in enumerate(series.items()):
        parts += _line(number, name, [one for one in bins if one.count])
    return "\n".join([*parts, "</svg>", ""])


def _words(series: Mapping[str, Sequence[Bin]]) -> str:
    said = (
        f"{name}: " + ", ".join(f"{one.shown:.2f} shown, {one.right.value:.2f} right" for one in bins if one.count)
        for name, bins in series.items()
    )
    return ". ".join(said) + "."


def _x(share: float) -> float:
    return LEFT + SIZE * share


def _y(share: float) -> float:
    return TOP + SIZE * (1 - share)


def _grid() -> list[str]:
    parts = []
    for n in range(6):
        share = n / 5
        x, y = _x(share), _y(share)
        parts.append(f'<line class="g" x1="{LEFT}" y1="{y:.1f}" x2="{_x(1):.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{share:.1f}</text>')
        parts.append(f'<text x="{x:.1f}" y="{_y(0) + 20:.1f}" text-anchor="middle">{share:.1f}</text>')
    parts.append(f'<line class="g" stroke-dasharray="2 3" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>')
    parts.append(f'<text x="{_x(0.5):.1f}" y="{_y(0) + 42:.1f}" text-anchor="middle">likelihood shown</text>')
    parts.append(
        f'<text x="16" y="{_y(0.5):.1f}" transform="rotate(-90 16 {_y(0.5):.1f})" text-anchor="middle">right</text>'
    )
    return parts


def _line(number: int, name: str, bins: Sequence[Bin]) -> list[str]:
    ink = INKS[number]
    points = [(_x(one.shown), _y(one.right.value)) for one in bins]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    key = TOP + 20 + 24 * number
    marks = [_mark(number, x, y) for x, y in points]
    whiskers = [
        f'<line stroke="{ink}" x1="{x:.1f}" x2="{x:.1f}" y1="{_y(one.right.low):.1f}" y2="{_y(one.right.high):.1f}"/>'
        for (x, _), one in zip(points, bins, strict=True)
    ]
    line = (
        f'<polyline points="{path}" fill="none" stroke="{ink}" stroke-width="2" stroke-dasharray="{DASHES[number]}"/>'
    )
    label = f'<text x="{_x(1) + 30:.1f}" y="{key + 4}">{escape(name)}</text>'
    return [line, *whiskers, *marks, _mark(number, _x(1) + 18, key), label]


def _mark(number: int, x: float, y: float) -> str:
    if SHAPES[number] == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{INKS[number]}"/>'
    return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="{INKS[number]}"/>'
