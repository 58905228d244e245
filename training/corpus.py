"""``data/labeled/*.jsonl`` → checked rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from triage.errors import KnowledgeError, Problem
from triage.taxonomy import Taxonomy


class LabeledComplaint(BaseModel):
    """One line of the labelled data; ``secondary`` and ``variant`` may be left out."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    text: Annotated[str, StringConstraints(min_length=1)]
    topic: str
    urgency: Literal["minor", "general", "important", "urgent"]
    secondary: list[str] = []
    variant: Literal["cn", "tw", "hk", "yue"] = "cn"


@dataclass(frozen=True)
class Place:
    """Where a row stands: file and line, counted from one."""

    file: str
    line: int


@dataclass(frozen=True)
class Corpus:
    """All rows, with where they came from and a hash over the files."""

    rows: tuple[LabeledComplaint, ...] = field(repr=False)  # a failing test must not show what only measures
    files: dict[str, int]
    sha256: str

    def places(self) -> list[Place]:
        """The place of each row; every line of a file is a row."""
        return [Place(file, line) for file, count in self.files.items() for line in range(1, count + 1)]


def load_corpus(source: Path, taxonomy: Taxonomy) -> Corpus:
    """Read one labelled file, or every labelled file (``*.jsonl``) of a folder.

    Raises:
        KnowledgeError: naming file, line and field of every fault.
    """
    paths = [source] if source.is_file() else sorted(source.glob("*.jsonl"))
    if not paths:
        raise KnowledgeError([Problem(str(source), "", "", "no labelled data (*.jsonl) here")])
    problems: list[Problem] = []
    rows: list[LabeledComplaint] = []
    files: dict[str, int] = {}
    hashed = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        hashed.update(content)
        found = list(_read_lines(path, content, taxonomy, problems))
        files[path.name] = len(found)
        rows += found
    if problems:
        raise KnowledgeError(problems)
    return Corpus(tuple(rows), files, hashed.hexdigest())


def _read_lines(
    path: Path, content: bytes, taxonomy: Taxonomy, problems: list[Problem]
) -> Iterator[LabeledComplaint]:
    for number, line in enumerate(content.splitlines(), start=1):
        where = f"line {number}"
        try:
            row = LabeledComplaint.model_validate(json.loads(line))
        except ValueError as error:
            problems += _faults(str(path), where, error)
            continue
        unknown = {row.topic, *row.secondary} - taxonomy.topic_by_id.keys()
        problems += [
            Problem(str(path), where, "topic", f"unknown topic {topic}") for topic in sorted(unknown)
        ]
        if row.topic in row.secondary:
            problems.append(Problem(str(path), where, "secondary", "repeats the primary topic"))
        yield row


def _faults(path: str, where: str, error: ValueError) -> list[Problem]:
    if isinstance(error, ValidationError):
        return [
            Problem(path, where, ".".join(map(str, fault["loc"])), fault["msg"]) for fault in error.errors()
        ]
    return [Problem(path, where, "", f"not JSON: {error}")]
