"""Draw a few lines as one SVG that reads in light and dark, with every value beside its point."""

from collections.abc import Mapping, Sequence
from html import escape

WIDE, HIGH, LEFT, TOP, RIGHT, BELOW = 760, 400, 64, 48, 250, 44
INKS = ("#1d70b8", "#00703c", "#b58840", "#912b88", "#d4351c")
DASHES = ("", "8 4", "2 4", "10 4 2 4", "4 2")
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#0b0c0c}.t{font-weight:600;font-size:15px}.g{stroke:#b1b4b6}"
    "@media(prefers-color-scheme:dark){text{fill:#f3f2f1}.g{stroke:#505a5f}}"
)


def lines(title: str, across: Sequence[int], series: Mapping[str, Sequence[float]]) -> str:
    """Return the picture: `across` are the numbers of clients, one line a series."""
    most = max(value for values in series.values() for value in values)
    top = _round_up(most)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" role="img" aria-labelledby="t d">',
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(_words(across, series))}</desc>',
        f'<style>{STYLE}</style><text class="t" x="{LEFT}" y="26">{escape(title)}</text>',
        *_grid(across, top),
    ]
    heights = _apart([_y(values[-1], top) for values in series.values()])
    for number, (name, values) in enumerate(series.items()):
        parts += _line(number, name, across, values, top, heights[number])
    return "\n".join([*parts, "</svg>", ""])


def _words(across: Sequence[int], series: Mapping[str, Sequence[float]]) -> str:
    said = (
        f"{name}: " + ", ".join(f"{value:.0f} with {count}" for count, value in zip(across, values, strict=True))
        for name, values in series.items()
    )
    return ". ".join(said) + "."


def _round_up(value: float) -> float:
    step = 10 ** (len(str(int(value))) - 1)
    return (int(value / step) + 1) * step


def _x(place: int, across: Sequence[int]) -> float:
    return LEFT + (WIDE - LEFT - RIGHT) * place / (len(across) - 1)


def _y(value: float, top: float) -> float:
    return HIGH - BELOW - (HIGH - TOP - BELOW) * value / top


def _grid(across: Sequence[int], top: float) -> list[str]:
    parts = []
    for share in (0, 0.25, 0.5, 0.75, 1):
        y = _y(top * share, top)
        parts.append(f'<line class="g" x1="{LEFT}" y1="{y:.1f}" x2="{WIDE - RIGHT}" y2="{y:.1f}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{top * share:,.0f}</text>')
    for place, count in enumerate(across):
        parts.append(f'<text x="{_x(place, across):.1f}" y="{HIGH - BELOW + 20}" text-anchor="middle">{count}</text>')
    middle = (LEFT + WIDE - RIGHT) / 2
    return [*parts, f'<text x="{middle}" y="{HIGH - 6}" text-anchor="middle">clients</text>']


def _line(
    number: int, name: str, across: Sequence[int], values: Sequence[float], top: float, height: float
) -> list[str]:
    ink, dash = INKS[number % len(INKS)], DASHES[number % len(DASHES)]
    points = [(_x(place, across), _y(value, top)) for place, value in enumerate(values)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{ink}"/>' for x, y in points]
    return [
        f'<polyline points="{path}" fill="none" stroke="{ink}" stroke-width="2.5" stroke-dasharray="{dash}"/>',
        *dots,
        f'<text x="{WIDE - RIGHT + 12}" y="{height + 4:.1f}">{escape(name)}, {values[-1]:,.0f}</text>',
    ]


def _apart(heights: Sequence[float], gap: float = 17) -> list[float]:
    """Move labels apart so that none lies on another, keeping their order."""
    order = sorted(range(len(heights)), key=lambda n: heights[n])
    placed: dict[int, float] = {}
    floor = 0.0
    for n in order:
        placed[n] = max(heights[n], floor)
        floor = placed[n] + gap
    return [placed[n] for n in range(len(heights))]
