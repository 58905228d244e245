"""JSON Lines: objects as they stood, with our members behind theirs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import orjson

from triage.batch.cell import as_text
from triage.batch.errors import Unwritable
from triage.batch.inputs import Format
from triage.batch.judgement import Judgement, values_of
from triage.batch.plan import FilePlan, Plan, lay_out
from triage.batch.values import Row

Members = tuple[bytes, str | None]
"""Our members without braces, and the masked text."""

_PLAIN = (str, int, float, bool, type(None), list, dict)


class JsonRenderer:
    """Renders for one output."""

    def __init__(self, plan: Plan) -> None:
        """Write the members that the plan names."""
        self._output = plan.output
        self._names = plan.output.judged
        self._quoted = [b'"' + name.encode() + b'"' for name in self._names]

    def finish(self, judgement: Judgement) -> Members:
        """Our members, which every row with this text gets."""
        values = dict(zip(self._names, values_of(judgement), strict=False))
        return orjson.dumps(values)[1:-1], judgement.masked

    def row(self, row: Row, file: FilePlan, finished: Members, resolve_by: str | None) -> bytes:
        """One object on a line."""
        ours, masked = finished
        if resolve_by is not None:
            ours += b"," + self._quoted[-1] + b":" + orjson.dumps(resolve_by or None)
        if file.name.format is Format.JSON_LINES and row.record is not None:
            return self._copied(row.record.raw, file, masked)[:-1] + b"," + ours + b"}\n"
        return self._anew(row, file, masked)[:-1] + b"," + ours + b"}\n"

    def pack(self, rows: Sequence[bytes]) -> bytes:
        """The lines, one behind the other."""
        return b"".join(rows)

    def _copied(self, raw: bytes, file: FilePlan, masked: str | None) -> bytes:
        raw = raw.strip()
        if any(name in raw for name in self._quoted):
            self._refuse_own_members(raw)
        if masked is None:
            return raw
        found = json.loads(raw)
        found[file.columns[file.text]] = masked
        return json.dumps(found, ensure_ascii=False).encode()

    def _refuse_own_members(self, raw: bytes) -> None:
        if not orjson.loads(raw).keys().isdisjoint(self._names):
            raise Unwritable("已有与判定结果同名的字段，请用 --prefix 另取前缀")

    def _anew(self, row: Row, file: FilePlan, masked: str | None) -> bytes:
        values = list(row.values)
        if masked is not None:
            values[file.text] = masked
        cells = zip(self._output.columns, lay_out(values, file.order), strict=True)
        return orjson.dumps({name: _plain(value) for name, value in cells}, default=as_text)


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a table holds
    return value if isinstance(value, _PLAIN) else as_text(value)
