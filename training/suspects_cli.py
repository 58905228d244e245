"""``triage-train suspects``: which rows to read again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from training.artifact import vectors_of
from training.bench import bench_for, console
from training.corpus import load_corpus
from training.split import Part
from training.suspects import Question, Suspect, doubt, worst
from training.vectors import load_vectors
from triage.bootstrap import House
from triage.settings import SHIPPED_MODEL, load_settings


def suspects_command(
    data: Annotated[Path, typer.Option("--data", help="Folder of labelled *.jsonl files.")] = Path(
        "data/labeled"
    ),
    question: Annotated[Question, typer.Option("--of", help="topic or urgency.")] = "topic",
    limit: Annotated[int, typer.Option(min=1, help="So many rows, the most doubtful first.")] = 100,
    part: Annotated[Part, typer.Option(help="The part of the rows to learn from and to list.")] = Part.TRAIN,
    vectors: Annotated[
        Path | None, typer.Option(help="Own word vectors [default: those of the shipped model].")
    ] = None,
) -> None:
    """List the rows most likely labelled wrong: file, line, label, and what models say that never saw the row."""
    house = House.from_settings(load_settings())
    corpus = load_corpus(data, house.taxonomy)
    known = load_vectors(vectors) if vectors else vectors_of(SHIPPED_MODEL)
    with bench_for("可疑标注") as bench:
        doubts = doubt(corpus, part, known, bench.prepare_with(house), bench.step)
    found = worst(doubts.suspects(question), limit)
    sys.stdout.writelines(f"{_line(suspect)}\n" for suspect in found)
    console.print(f"列出 {len(found)} 条（共 {len(doubts.rows)} 条）；请逐条阅读，模型也会错")


def _line(suspect: Suspect) -> str:
    """Tab-separated; white space in the text becomes one space."""
    return "\t".join(
        (
            f"{suspect.place.file}:{suspect.place.line}",
            f"{suspect.label} {suspect.confidence:.3f}",
            f"{suspect.model} {suspect.model_confidence:.3f}",
            " ".join(suspect.text.split()),
        )
    )
