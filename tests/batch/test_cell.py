"""Values of tables as text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from triage.batch.cell import as_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("001", "001"),
        (None, ""),
        (float("nan"), ""),
        (3.0, "3"),
        (2.5, "2.5"),
        (True, "true"),
        (Decimal("1.50"), "1.50"),
        (date(2024, 3, 5), "2024-03-05"),
        (datetime(2024, 3, 5, 9, 7, tzinfo=UTC), "2024-03-05 09:07:00+00:00"),
        (b"\xff", "ff"),
        (["甲", {"n": 1}], '["甲",{"n":1}]'),
    ],
)
def test_values_as_text(value: Any, text: str) -> None:
    """As a person would type them; what has an inside becomes JSON."""
    assert as_text(value) == text
