"""A calibration plot as SVG: stated probabilities to the right, measured shares upwards."""

from __future__ import annotations

from collections.abc import Mapping

from training.report.calibration import Calibration

SIDE, MARGIN = 320, 44
COLOURS = ("#1b6ca8", "#c0392b", "#1e8449", "#7d3c98", "#b9770e", "#34495e")


def reliability_plot(curves: Mapping[str, Calibration]) -> str:
    """One line a set; the closer to the diagonal, the better."""
    width, height = SIDE + 2 * MARGIN + 130, SIDE + 2 * MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
        *_frame(),
    ]
    for number, (name, calibration) in enumerate(curves.items()):
        parts += _curve(name, calibration, COLOURS[number % len(COLOURS)], number)
    return "\n".join([*parts, "</svg>", ""])


def _frame() -> list[str]:
    x0, y0 = _place(0, 0)
    x1, y1 = _place(1, 1)
    parts = [
        f'<rect x="{x0}" y="{y1}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#888"/>',
        f'<line x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}" stroke="#bbb" stroke-dasharray="4"/>',
        f'<text x="{(x0 + x1) / 2}" y="{y0 + 36}" text-anchor="middle">stated probability</text>',
        f'<text x="{x0}" y="{y1 - 12}">share that is right</text>',
    ]
    for tick in (0, 0.25, 0.5, 0.75, 1):
        x, y = _place(tick, tick)
        parts.append(f'<text x="{x}" y="{y0 + 16}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text x="{x0 - 6}" y="{y + 4}" text-anchor="end">{tick:g}</text>')
    return parts


def _curve(name: str, calibration: Calibration, colour: str, number: int) -> list[str]:
    points = [
        _place(item.stated, item.measured)
        for item in calibration.bins
        if item.stated is not None and item.measured is not None
    ]
    line = " ".join(f"{x},{y}" for x, y in points)
    x, y = SIDE + MARGIN + 14, MARGIN + 16 + 20 * number
    return [
        f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>',
        *(f'<circle cx="{px}" cy="{py}" r="3" fill="{colour}"/>' for px, py in points),
        f'<rect x="{x}" y="{y - 9}" width="10" height="10" fill="{colour}"/>',
        f'<text x="{x + 16}" y="{y}">{_escaped(name)}</text>',
    ]


def _place(x: float, y: float) -> tuple[float, float]:
    return round(MARGIN + x * SIDE, 1), round(MARGIN + (1 - y) * SIDE, 1)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
