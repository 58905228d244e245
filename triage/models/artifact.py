"""What a model directory holds, as a manifest that is checked before anything else is read.

::

    <model>/
      manifest.json      this; hashes of all other files
      arrays.npz         numbers, loaded with allow_pickle=False
      vocabulary.txt     one feature a line; line i names row i of the arrays
      pipeline.joblib    the fitted scikit-learn estimators, for retraining and inspection; serving never opens it
      CARD.md            the figures, for people
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

MANIFEST = "manifest.json"
ARRAYS = "arrays.npz"
VOCABULARY = "vocabulary.txt"
PIPELINE = "pipeline.joblib"
CARD = "CARD.md"
FORMAT = 1


class ThresholdsEntry(BaseModel):
    """See :class:`triage.models.decision.Thresholds`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    review: float = Field(ge=0, le=1)
    urgent: float = Field(ge=0, le=1)
    alarm: float = Field(ge=0, le=1)
    secondary: float = Field(ge=0, le=1)


class DataEntry(BaseModel):
    """What the model was trained on: rows, and the hash over all files in the order of their names."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rows: int
    sha256: str
    files: dict[str, int]


class Manifest(BaseModel):
    """``manifest.json``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1]
    id: str = Field(min_length=6)
    created_at: str
    topics: tuple[str, ...]
    urgencies: tuple[str, ...]
    taxonomy: str
    preprocessing: str
    libraries: dict[str, str]
    thresholds: ThresholdsEntry
    review_risk: float
    alarm_risk: float
    data: DataEntry
    figures: dict[str, Any]
    files: dict[str, str]
