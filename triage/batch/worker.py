"""A chunk → its part of the output and of the reject file; what every process of the pool does."""

from __future__ import annotations

import base64
from hashlib import blake2b
from typing import Any, NamedTuple

import orjson

from triage.batch.cell import as_text
from triage.batch.errors import Unwritable
from triage.batch.inputs import Format
from triage.batch.journal import Outcome
from triage.batch.judge import Judge
from triage.batch.judgement import Judgement
from triage.batch.plan import FilePlan, Plan
from triage.batch.reading import raw_of, read_rows
from triage.batch.render import make_renderer
from triage.batch.shared import SharedJudgements
from triage.batch.times import Deadlines
from triage.batch.values import Cells, Chunk, Counts, Reject, Row
from triage.engine import Engine
from triage.errors import InputError
from triage.policy.routing import Case
from triage.preprocess.redact import find_personal_data, mask

PREVIEW = 200
"""Characters of a rejected row that are shown."""


class Finished(NamedTuple):
    """What is kept of a text: what counts and deadlines need, and what the renderer made of it."""

    case: Case
    emergency: bool
    needs_review: bool
    content: Any


class Worker:
    """Judges chunks of one run."""

    def __init__(self, plan: Plan, engine: Engine, shared: SharedJudgements | None = None) -> None:
        """One for each process: it remembers texts, and looks at what the others have ``shared``."""
        self._plan = plan
        self._renderer = make_renderer(plan)
        self._shared = shared
        self._judge = Judge(engine, self._finish, mask=plan.mask, shared=shared)
        self._deadlines = Deadlines(engine, self._judge.policy, plan.now)

    def work(self, chunk: Chunk, fingerprint: str) -> Outcome:
        """Judge every row; one that cannot be judged or written becomes a reject."""
        file = self._plan.files[chunk.file]
        rows, rejects = read_rows(chunk, file)
        tally = _Tally()
        written = []
        for row in rows:
            try:
                written.append(self._row(row, file, tally))
            except (InputError, Unwritable) as error:
                reason = error.message if isinstance(error, InputError) else str(error)
                rejects.append(Reject(row.line, reason, raw_of(row), _identity(row, file)))
        if self._shared is not None:
            self._shared.hand_in()
        rejects.sort(key=lambda reject: reject.line)
        counts = Counts(
            read=len(chunk.rows),
            judged=len(written),
            rejected=len(rejects),
            emergencies=tally.emergencies,
            review=tally.review,
            unusable_times=tally.unusable_times,
        )
        lines = b"".join(self._reject_line(reject, file) for reject in rejects)
        return Outcome(chunk.number, fingerprint, counts, self._renderer.pack(written), lines)

    def _finish(self, judgement: Judgement) -> Finished:
        content = self._renderer.finish(judgement)
        return Finished(judgement.case, judgement.emergency, judgement.needs_review, content)

    def _row(self, row: Row, file: FilePlan, tally: _Tally) -> Any:  # noqa: ANN401 - the renderer's business
        finished = self._judge.judge(_text(row, file))
        resolve_by = self._resolve_by(row, file, finished.case, tally) if self._plan.with_times else None
        written = self._renderer.row(row, file, finished.content, resolve_by)
        tally.emergencies += finished.emergency
        tally.review += finished.needs_review
        return written

    def _resolve_by(self, row: Row, file: FilePlan, case: Case, tally: _Tally) -> str:
        assert file.received is not None
        store = None if file.store is None else as_text(row.values[file.store]) or None
        due = self._deadlines.resolve_by(case, row.values[file.received], store)
        tally.unusable_times += due is None
        return due or ""

    def _reject_line(self, reject: Reject, file: FilePlan) -> bytes:
        decoded = reject.raw[: 8 * PREVIEW].decode(_encoding(file), "backslashreplace")
        preview = mask(decoded, find_personal_data(decoded)) if self._plan.mask else decoded
        found = {
            "file": str(file.name.path),
            **({"sheet": file.sheet} if file.sheet is not None else {}),
            "line": reject.line,
            **({"id": reject.identity} if reject.identity else {}),
            "reason": reject.reason,
            "preview": preview[:PREVIEW],
            "raw_base64": base64.b64encode(reject.raw).decode(),
        }
        return orjson.dumps(found) + b"\n"


class _Tally:
    """Numbers that add up while a chunk is judged."""

    def __init__(self) -> None:
        self.emergencies = 0
        self.review = 0
        self.unusable_times = 0


def fingerprint_of(chunk: Chunk) -> str:
    """A hash of the rows of a chunk and where they come from."""
    digest = blake2b(f"{chunk.number} {chunk.file}".encode(), digest_size=16)
    for row in chunk.rows:
        content = repr(row).encode() if isinstance(row, Cells) else row.raw + row.ending + row.fault.encode()
        digest.update(b"%d %d\n" % (row.line, len(content)) + content)
    return digest.hexdigest()


def _text(row: Row, file: FilePlan) -> str:
    value = row.values[file.text] if file.text < len(row.values) else None
    if isinstance(value, str):
        return value
    if file.name.format is Format.JSON_LINES:
        raise InputError("text", "文本须为字符串" if value is not None else "没有文本这个字段")
    return as_text(value)


def _identity(row: Row, file: FilePlan) -> str | None:
    if file.identity is None or file.identity >= len(row.values):
        return None
    return as_text(row.values[file.identity]).encode("utf-8", "replace").decode()


def _encoding(file: FilePlan) -> str:
    return file.dialect.encoding if file.dialect is not None else "utf-8"
