"""``hazards/*.yaml`` as somebody wrote them: for those who want to read a rule, not to run it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import dedent
from typing import Any

import yaml

from triage.catalog.files import KnowledgeFiles
from triage.catalog.schema import HazardFile, RuleEntry, raise_if_any, validate
from triage.errors import Problem

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class WrittenRule:
    """A rule as it stands: its entry, and its own lines of the file, comments included; ``line`` from 1."""

    entry: RuleEntry
    hazard: str
    path: str
    line: int
    text: str


def read_written_rules(files: KnowledgeFiles) -> tuple[WrittenRule, ...]:
    """Every rule in force, in the order of the files.

    Raises:
        KnowledgeError: a file that cannot be read; whether the rules make sense is not checked here.
    """
    problems: list[Problem] = []
    rules = [rule for name in files.names("hazards") for rule in _read_file(files, name, problems)]
    raise_if_any(problems)
    return tuple(rules)


def _read_file(files: KnowledgeFiles, name: str, problems: list[Problem]) -> Iterator[WrittenRule]:
    path = files.path(name)
    content = validate(HazardFile, files.read(name), str(path), problems)
    if content is None:
        return
    text = path.read_text(encoding="utf-8")
    starts = _start_lines(text)
    lines = text.splitlines()
    for entry, start, stop in zip(content.rules, starts, [*starts[1:], len(lines)], strict=True):
        yield WrittenRule(
            entry, content.hazard, str(path), start + 1, _block(lines[start : max(stop, start + 1)])
        )


def _start_lines(text: str) -> list[int]:
    """The line, from 0, in which each item of ``rules`` begins."""
    root = yaml.compose(text, Loader=_LOADER)
    assert isinstance(root, yaml.MappingNode)  # validated before
    items = next(value for key, value in root.value if key.value == "rules")
    return [item.start_mark.line for item in items.value]


def _block(lines: list[str]) -> str:
    # Blank lines and comments at the end introduce the next rule.
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines = lines[:-1]
    return dedent("\n".join(lines))
