"""Labels of public texts: kept by hash, put together with whoever's copy of the texts."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from training.public import PublicLabel, hash_of, load_public_labels, public_texts, put_together
from triage.errors import KnowledgeError
from triage.taxonomy import Taxonomy

SHIPPED = Path(__file__).parent.parent.parent / "data" / "public" / "labels.jsonl"
LINE: dict[str, Any] = {
    "source": "someone/texts#reviews.csv#7",
    "sha256": hash_of("鱼缸的灯不亮"),
    "topic": "product.quality",
    "urgency": "general",
    "secondary": [],
    "variant": "cn",
    "unsure": False,
    "hard": False,
}


def write(path: Path, *lines: dict[str, Any] | str) -> Path:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def shipped(taxonomy: Taxonomy) -> list[PublicLabel]:
    """Loading checks every line."""
    return load_public_labels(SHIPPED, taxonomy)


def test_no_public_text_is_labelled_twice(shipped: list[PublicLabel]) -> None:
    """Each hash stands once."""
    assert len(shipped) > 12_000
    assert len({label.sha256 for label in shipped}) == len(shipped)


def test_those_drawn_as_they_came_are_told_from_the_hard_ones(shipped: list[PublicLabel]) -> None:
    """Only the former say how often things are so; the datasheet counts them."""
    natural = sum(not label.hard for label in shipped)
    sheet = (SHIPPED.parent / "README.md").read_text(encoding="utf-8")
    assert f"{len(shipped):,} labels" in sheet
    assert f"{natural:,} were drawn as they came" in sheet


def test_a_label_says_where_its_text_is_found(shipped: list[PublicLabel]) -> None:
    """Repository, mostly with file and row."""
    place = re.compile(r"[\w.-]+/[\w.-]+(#[^#]+#[^#]+)?")
    assert [label.source for label in shipped if not place.fullmatch(label.source)] == []


def test_labels_and_texts_come_together_by_hash(tmp_path: Path, taxonomy: Taxonomy) -> None:
    """Out of JSON Lines, tables and gzipped files; neither labels nor texts stay alone."""
    texts = {"easy.csv": "灯不亮，退吗", "hard.jsonl.gz": "还行吧，就是灯不亮", "missing": "找不到了"}
    (tmp_path / "easy.csv").write_text(f'1," {texts["easy.csv"]} "\n2,没人标过\n', encoding="utf-8")
    line = json.dumps({"text": texts["hard.jsonl.gz"]})
    (tmp_path / "hard.jsonl.gz").write_bytes(gzip.compress(line.encode()))
    labels = [
        PublicLabel(**{**LINE, "source": name, "sha256": hash_of(text), "hard": name.startswith("hard")})
        for name, text in texts.items()
    ]
    rows = put_together(labels, public_texts(tmp_path))
    assert [row.text for row in rows.natural] == [texts["easy.csv"]]
    assert [row.text for row in rows.hard] == [texts["hard.jsonl.gz"]]
    assert (rows.hard[0].topic, rows.hard[0].urgency) == ("product.quality", "general")
    assert len(rows) == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({**LINE, "sha256": "abc"}, "sha256"),
        ({**LINE, "topic": "service.nothing"}, "unknown topic service.nothing"),
        ({**LINE, "secondary": ["service.nothing"]}, "unknown topic service.nothing"),
        ({**LINE, "urgency": "high"}, "urgency"),
        ({**LINE, "text": "鱼缸的灯不亮"}, "text"),
        ({key: value for key, value in LINE.items() if key != "hard"}, "hard"),
        ("{broken", "not JSON"),
        ("[]", "line 2"),
    ],
)
def test_a_wrong_label_is_named_with_file_line_and_field(
    tmp_path: Path, taxonomy: Taxonomy, wrong: dict[str, Any] | str, field: str
) -> None:
    """A label with a text in it is refused, too."""
    path = write(tmp_path / "labels.jsonl", LINE, wrong)
    with pytest.raises(KnowledgeError) as caught:
        load_public_labels(path, taxonomy)
    message = str(caught.value)
    assert "labels.jsonl" in message
    assert "line 2" in message
    assert field in message


def test_missing_labels_are_named(tmp_path: Path, taxonomy: Taxonomy) -> None:
    """No labels are not zero labels."""
    with pytest.raises(KnowledgeError, match=r"none\.jsonl"):
        load_public_labels(tmp_path / "none.jsonl", taxonomy)
