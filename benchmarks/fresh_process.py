"""Becomes ready to serve and prints what that took, as JSON; :mod:`benchmarks.startup` starts it.

Imports are part of what is measured, so they stand where a start meets them.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from time import process_time

_KEY = "a-key-for-benchmarks"


class _Laps:
    """Processor time between one call and the next, by name; the first one starts with the process."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._before = 0.0

    def __call__(self, name: str) -> None:
        now = process_time()
        self.seconds[name] = now - self._before
        self._before = now


def whole() -> dict[str, float]:
    """Everything that ``triage serve`` does until it listens: seconds, and megabytes at the peak."""
    import uvicorn

    import triage.cli.main
    import triage.cli.serve  # noqa: F401
    from triage.api.app import create_app
    from triage.api.server import uvicorn_options
    from triage.bootstrap import build_engine, built_to_stay
    from triage.settings import load_settings

    settings = load_settings(api_key=_KEY)
    with built_to_stay():
        app = create_app(build_engine(settings), settings)
    uvicorn.Config(app, **uvicorn_options(settings)).load()
    return {"seconds": process_time(), "megabytes": _peak_megabytes()}


def _peak_megabytes() -> float:
    """The most memory held so far. Not ``ru_maxrss`` of Linux: that begins with the peak of the parent process."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = [line.split() for line in status.read_text(encoding="ascii").splitlines()]
        return max(int(line[1]) for line in lines if line[0] in {"VmHWM:", "VmRSS:"}) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2  # bytes on macOS


def parts() -> dict[str, float]:
    """Seconds of the parts of a start, in the order in which it meets them."""
    lap = _Laps()
    lap("python")
    import numpy  # noqa: F401

    lap("import numpy")
    import pydantic_settings  # noqa: F401

    lap("import pydantic")
    import fastapi  # noqa: F401
    import uvicorn  # noqa: F401

    lap("import fastapi, uvicorn")
    import triage.cli.main
    import triage.cli.serve  # noqa: F401
    from triage.bootstrap import built_to_stay

    lap("import all else")
    with built_to_stay():
        _read_knowledge(lap)
    return lap.seconds


def _read_knowledge(lap: _Laps) -> None:
    from triage.bootstrap import House
    from triage.catalog.artifact import load_classifier
    from triage.catalog.jieba_words import load_word_counts
    from triage.preprocess.segment import Segmenter
    from triage.settings import load_settings

    settings = load_settings(api_key=_KEY)
    house = House.from_settings(settings)
    lap("settings")
    Segmenter(load_word_counts())
    lap("jieba's dictionary")
    _ = house.preprocessing
    lap("preprocessing, with the dictionary")
    _ = house.hazard_rules, house.recognizer
    lap("hazard rules")
    _ = house.policies
    lap("policies")
    _ = house.stores
    lap("stores and calendars")
    load_classifier(settings.model, house.taxonomy, house.preprocessing.fingerprint)
    lap("model")


if __name__ == "__main__":
    json.dump({"whole": whole, "parts": parts}[sys.argv[1]](), sys.stdout)
