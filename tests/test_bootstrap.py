"""Putting the parts together."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from triage.bootstrap import built_to_stay


@pytest.fixture(autouse=True)
def _collector_as_it_was() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


def test_the_collector_rests_while_something_is_built_to_stay() -> None:
    """Afterwards it works again, and leaves alone what was built."""
    with built_to_stay():
        assert not gc.isenabled()
        built = [[] for _ in range(1000)]  # type: ignore[var-annotated]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= len(built)
    assert not any(one is built[0] for one in gc.get_objects())


def test_the_collector_works_again_after_a_fault() -> None:
    """A start that fails leaves the process as it was."""
    with pytest.raises(ValueError, match="broken"), built_to_stay():
        raise ValueError("broken")
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    """Whoever switched it off had a reason."""
    gc.disable()
    with built_to_stay():
        pass
    assert not gc.isenabled()
