"""Tables in which ideographs, twice as wide as letters, stay in their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

GAP = "  "


def columns(rows: Sequence[Sequence[str]], numbers: frozenset[int] = frozenset()) -> Iterator[str]:
    """The rows, aligned, a line each; columns listed in ``numbers`` stand to the right."""
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            _filled(cell, width, right=place in numbers)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield GAP.join(cells).rstrip()


def one_line(text: str) -> str:
    """The text without line breaks and other characters that would move the cursor."""
    return "".join(character if character.isprintable() else " " for character in text)


def percent(share: float | None) -> str:
    """``93.3%``, or – where there is nothing to take a share of."""
    return "–" if share is None else f"{share:.1%}"


def _filled(cell: str, width: int, *, right: bool) -> str:
    space = " " * (width - cell_len(cell))
    return space + cell if right else cell + space
