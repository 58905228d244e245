"""Tables for people, and goals that are met or not."""

from __future__ import annotations

from benchmarks.clock import Times


def heading(words: str) -> None:
    """Begin the part of one benchmark."""
    print(f"\n{words}\n{'-' * len(words)}")


def note(words: str) -> None:
    """Say something about what follows."""
    print(words)


def times(name: str, measured: Times) -> None:
    """One line of a table of times, in milliseconds."""
    print(f"  {name:<36} median {measured.median * 1e3:9.3f} ms   p99 {measured.p99 * 1e3:9.3f} ms")


def figure(name: str, value: float, unit: str) -> None:
    """One line of a table of single values."""
    print(f"  {name:<36} {value:9.3f} {unit}")


def goal(
    name: str, value: float, unit: str, *, at_most: float | None = None, at_least: float | None = None
) -> None:
    """Compare a figure with what was promised."""
    if at_most is not None:
        met, promise = value <= at_most, f"at most {at_most:g}"
    else:
        assert at_least is not None
        met, promise = value >= at_least, f"at least {at_least:g}"
    print(f"  {'met   ' if met else 'MISSED'}  {name}: {value:.2f} {unit} ({promise})")
