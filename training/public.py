"""Our labels of public texts, kept without the texts: whoever obtains the public sets can put both together again.

``data/public/labels.jsonl`` holds for each text where it comes from, the hash of its words, and our labels.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from training.corpus import LabeledComplaint
from training.texts import read_texts, text_files
from triage.errors import KnowledgeError, Problem
from triage.taxonomy import Taxonomy


class PublicLabel(BaseModel):
    """One line of the labels.

    ``sha256`` is that of :func:`hash_of`; ``unsure`` marks where two careful readers could differ on the topic.
    ``hard`` texts were chosen because a model was unsure of them: they teach much, but say nothing of how often things
    are so.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    source: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    topic: str
    urgency: Literal["minor", "general", "important", "urgent"]
    secondary: list[str]
    variant: Literal["cn", "tw", "hk", "yue"]
    unsure: bool
    hard: bool


def load_public_labels(path: Path, taxonomy: Taxonomy) -> list[PublicLabel]:
    """Read the labels.

    Raises:
        KnowledgeError: naming line and field of every fault.
    """
    labels: list[PublicLabel] = []
    problems: list[Problem] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise KnowledgeError([Problem(str(path), "", "", str(error.strerror))]) from None
    for number, line in enumerate(lines, start=1):
        try:
            label = PublicLabel.model_validate(json.loads(line))
        except ValidationError as error:
            problems += [
                Problem(str(path), f"line {number}", ".".join(map(str, fault["loc"])), fault["msg"])
                for fault in error.errors()
            ]
            continue
        except ValueError as error:
            problems.append(Problem(str(path), f"line {number}", "", f"not JSON: {error}"))
            continue
        problems += [
            Problem(str(path), f"line {number}", "topic", f"unknown topic {topic}")
            for topic in sorted({label.topic, *label.secondary} - taxonomy.topic_by_id.keys())
        ]
        labels.append(label)
    if problems:
        raise KnowledgeError(problems)
    return labels


def hash_of(text: str) -> str:
    """What names a text in the labels; white space around it does not count."""
    return hashlib.sha256(text.strip().encode()).hexdigest()


@dataclass(frozen=True)
class PublicRows:
    """Labelled public texts: those drawn as they came, and the hard ones."""

    natural: tuple[LabeledComplaint, ...] = ()
    hard: tuple[LabeledComplaint, ...] = ()

    def __len__(self) -> int:
        """All of them."""
        return len(self.natural) + len(self.hard)


def put_together(labels: Sequence[PublicLabel], texts: Iterable[str]) -> PublicRows:
    """The labelled texts among ``texts``, in the order of the labels; those that are not there are left out."""
    wanted = {label.sha256 for label in labels}
    found = {key: text.strip() for text in texts if (key := hash_of(text)) in wanted}
    known = [label for label in labels if label.sha256 in found]
    return PublicRows(
        tuple(_row(label, found) for label in known if not label.hard),
        tuple(_row(label, found) for label in known if label.hard),
    )


def _row(label: PublicLabel, found: Mapping[str, str]) -> LabeledComplaint:
    return LabeledComplaint(
        text=found[label.sha256],
        topic=label.topic,
        urgency=label.urgency,
        secondary=label.secondary,
        variant=label.variant,
    )


def public_texts(folder: Path) -> Iterator[str]:
    """Every text of the public sets below ``folder``; see :func:`training.texts.read_texts`."""
    for path in text_files([folder]):
        yield from read_texts(path)
