"""The models of one service: which there are, and which one answers.

::

    <state_dir>/models/
      active.json        names the model in force by its id; replaced in one step
      <id>/              a model directory, see triage.models.artifact; never changed once it is there
        gate.json        what its trial against the model in force found

Without ``active.json`` the model that comes with the package answers. It is called ``shipped``, so that a newer package
brings its newer model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from triage.catalog.artifact import read_manifest
from triage.durable import write_safely
from triage.errors import ArtifactError
from triage.models.artifact import MANIFEST, Manifest
from triage.models.gate import VERDICT, Verdict

POINTER = "active.json"
SHIPPED = "shipped"
MOST_BEFORE = 50

Check = Callable[[Path], object]
"""Raises ``ArtifactError`` for a model directory that cannot be served."""


class Pointer(BaseModel):
    """``active.json``: the name of the model in force, and of those before it, the latest last."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    active: str = SHIPPED
    before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A model that is there; ``fault`` says why its manifest cannot be read, ``verdict`` is that of its trial."""

    name: str
    folder: Path
    manifest: Manifest | None
    fault: str | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Registry:
    """The models below ``folder``, and the one in ``shipped``."""

    folder: Path
    shipped: Path

    def pointer(self) -> Pointer:
        """Which model is in force; raises ``ArtifactError`` where that cannot be read."""
        path = self.folder / POINTER
        try:
            return Pointer.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return Pointer()
        except (OSError, ValidationError) as error:
            raise ArtifactError(
                f"{path}: {type(error).__name__}；可用 triage models activate 重新指定模型"
            ) from error

    def stamp(self) -> tuple[int, int] | None:
        """Changes whenever another model is put in force; cheap enough to be asked every second."""
        try:
            found = (self.folder / POINTER).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino

    def active_folder(self) -> Path:
        """Where the model in force lies; raises ``ArtifactError`` where it is gone."""
        return self.find(self.pointer().active).folder

    def entries(self) -> tuple[Entry, ...]:
        """All models, the shipped one first."""
        return tuple(self._entries())

    def find(self, name: str) -> Entry:
        """The model of that id, or ``shipped``; raises ``ArtifactError`` where there is none."""
        for entry in self._entries():
            if name == entry.name or (entry.manifest is not None and name == entry.manifest.id):
                return entry
        raise ArtifactError(f"{self.folder}: 没有模型 {name}；triage models list 列出现有的模型")

    def activate(self, name: str, check: Check, untried: bool = False) -> Entry:
        """Put a model in force, in one step.

        Args:
            name: its id.
            check: loads it, so that a broken one never becomes the model in force.
            untried: also one that has not passed its trial.

        Raises:
            ArtifactError: there is no such model, it cannot be served, or has not passed its trial.
        """
        entry = self.find(name)
        check(entry.folder)
        if entry.name != SHIPPED and not untried:
            _check_passed(entry)
        self._point_to(entry.name)
        return entry

    def roll_back(self, check: Check) -> Entry:
        """Put the model before this one in force again; raises ``ArtifactError`` where none is left to serve."""
        now = self.pointer()
        if not now.before:
            raise ArtifactError(f"{self.folder}: 在此之前没有别的模型")
        entry = self.find(now.before[-1])
        check(entry.folder)
        self._write(Pointer(active=entry.name, before=now.before[:-1]))
        return entry

    def _point_to(self, name: str) -> None:
        try:
            now = self.pointer()
        except ArtifactError:  # a damaged pointer is mended by the next one
            self._write(Pointer(active=name))
            return
        if now.active != name:
            self._write(Pointer(active=name, before=(*now.before, now.active)[-MOST_BEFORE:]))

    def _write(self, pointer: Pointer) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        write_safely(self.folder / POINTER, pointer.model_dump_json().encode())

    def _entries(self) -> Iterator[Entry]:
        yield _entry(SHIPPED, self.shipped)
        if not self.folder.is_dir():
            return
        for path in sorted(self.folder.iterdir()):
            if (path / MANIFEST).is_file() and not path.name.startswith("."):
                yield _entry(path.name, path)


def _entry(name: str, folder: Path) -> Entry:
    try:
        return Entry(name, folder, read_manifest(folder), verdict=read_verdict(folder))
    except ArtifactError as error:
        return Entry(name, folder, None, str(error))


def read_verdict(folder: Path) -> Verdict | None:
    """What the trial of a model found; ``None`` where there was none, or what it found cannot be read."""
    try:
        return Verdict.model_validate_json((folder / VERDICT).read_bytes())
    except (OSError, ValidationError):
        return None


def _check_passed(entry: Entry) -> None:
    verdict = entry.verdict
    if verdict is None:
        raise ArtifactError(f"{entry.folder}: 没有评审结果；先运行 triage-train gate {entry.folder}")
    if entry.manifest is None or verdict.challenger != entry.manifest.id:
        raise ArtifactError(f"{entry.folder}: 评审结果属于另一个模型（{verdict.challenger}）")
    if not verdict.passed:
        reasons = "；".join(finding.reason for finding in verdict.findings if not finding.passed)
        raise ArtifactError(f"{entry.folder}: 没有通过评审：{reasons}")
