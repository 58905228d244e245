"""What a model directory holds, as a manifest that is checked before anything else is read.

::

    <model>/
      manifest.json      this; hashes of all other files
      arrays.npz         numbers, loaded with allow_pickle=False; the large ones quantised (see quantize.py)
      vocabulary.txt     one feature a line; line i names row i of the weights
      words.txt          one word a line; line i names row i of the vectors
      CARD.md            the figures, for people

Everything that learns further starts from these arrays, so nothing in a model directory is ever unpickled.
"""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

MANIFEST = "manifest.json"
ARRAYS = "arrays.npz"
VOCABULARY = "vocabulary.txt"
WORDS = "words.txt"
CARD = "CARD.md"
FORMAT: Final = 2


class ThresholdsEntry(BaseModel):
    """See :class:`triage.models.decision.Thresholds`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    review: float = Field(ge=0, le=1)
    urgent: float = Field(ge=0, le=1)
    alarm: float = Field(ge=0, le=1)
    secondary: float = Field(ge=0, le=1)
    plausible: float = Field(ge=0, le=1)


class DataEntry(BaseModel):
    """What the model was trained on: rows, the hash over all files in the order of their names, and public texts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rows: int
    sha256: str
    files: dict[str, int]
    public_rows: int = 0


class Manifest(BaseModel):
    """``manifest.json``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[2]
    id: str = Field(min_length=6)
    base: str | None = None
    created_at: str
    topics: tuple[str, ...]
    urgencies: tuple[str, ...]
    taxonomy: str
    preprocessing: str
    libraries: dict[str, str]
    thresholds: ThresholdsEntry
    review_risk: float
    alarm_risk: float
    coverage: float
    data: DataEntry
    figures: dict[str, Any]
    files: dict[str, str]
