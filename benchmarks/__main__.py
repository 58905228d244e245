"""``python -m benchmarks [NAME…]``: all benchmarks, or the named ones."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from benchmarks import batch, door, learning, one_text, report, rules, startup, steps
from benchmarks.parts import Parts
from triage.errors import TriageError
from triage.settings import load_settings

BENCHMARKS: dict[str, Callable[[Parts], None]] = {
    "one-text": one_text.run,
    "steps": steps.run,
    "rules": rules.run,
    "http": door.run,
    "startup": startup.run,
    "training": learning.run,
    "batch": batch.run,
}


def main(names: Sequence[str]) -> int:
    """Run them in order; a missed goal is said, not punished: machines differ, and this one may be busy."""
    unknown = set(names) - BENCHMARKS.keys()
    if unknown:
        print(
            f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}", file=sys.stderr
        )
        return 2
    try:
        parts = Parts(load_settings())
        report.note(f"model {parts.engine.versions.model or 'none: the rules alone'}")
        for name in names or BENCHMARKS:
            BENCHMARKS[name](parts)
    except TriageError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
