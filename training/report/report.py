"""The content of a card as one value, which becomes JSON or Markdown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from training.report.figures import SetFigures
from training.report.learning import Curve, Point
from triage.errors import ArtifactError
from triage.models.artifact import Manifest


@dataclass(frozen=True)
class ModelFacts:
    """What the manifest tells, and the size of the model directory in bytes."""

    id: str
    base: str | None
    created_at: str
    taxonomy: str
    preprocessing: str
    topics: int
    features: int
    words: int
    rows: dict[str, int]
    public_rows: int
    files: dict[str, int]
    data: str
    libraries: dict[str, str]
    thresholds: dict[str, float]
    review_risk: float
    size: int


@dataclass(frozen=True)
class Report:
    """A card; ``curve`` is ``None`` where no learning curve was made for these data."""

    model: ModelFacts
    sets: tuple[SetFigures, ...]
    curve: Curve | None

    def to_json(self) -> str:
        """Machine-readable."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def facts_of(folder: Path, manifest: Manifest) -> ModelFacts:
    """What a card says of the model itself."""
    return ModelFacts(
        id=manifest.id,
        base=manifest.base,
        created_at=manifest.created_at,
        taxonomy=manifest.taxonomy,
        preprocessing=manifest.preprocessing,
        topics=len(manifest.topics),
        features=manifest.figures["features"],
        words=manifest.figures["words"],
        rows=manifest.figures["rows"],
        public_rows=manifest.data.public_rows,
        files=manifest.data.files,
        data=manifest.data.sha256,
        libraries=manifest.libraries,
        thresholds=manifest.thresholds.model_dump(),
        review_risk=manifest.review_risk,
        size=sum(path.stat().st_size for path in folder.iterdir() if path.is_file()),
    )


def earlier_curve(path: Path, data: str) -> Curve | None:
    """The learning curve of an earlier card, if it was made from the same labelled complaints.

    Raises:
        ArtifactError: the file is no card.
    """
    if not path.is_file():
        return None
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))["curve"]
        if stored is None or stored["data"] != data:
            return None
        return Curve(data, _points(stored["points"]))
    except (ValueError, KeyError, TypeError) as error:
        raise ArtifactError(f"{path}: no model card ({error}); remove it") from None


def _points(stored: Sequence[dict[str, Any]]) -> tuple[Point, ...]:
    return tuple(Point(point["rows"], point["topic"]) for point in stored)
