"""The labelled data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.corpus import Corpus, Place, load_corpus
from training.split import Part, part_of, select
from triage.errors import KnowledgeError
from triage.taxonomy import Taxonomy

DATA = Path(__file__).parent.parent.parent / "data" / "labeled"


def test_every_line_of_the_labelled_data_is_valid(corpus: Corpus) -> None:
    """Loading checks each line against the schema and the taxonomy; every topic and variant occurs."""
    assert len(corpus.rows) >= 15_000
    assert {row.topic for row in corpus.rows} >= {"safety.food", "other.unclear", "product.display"}
    assert {row.variant for row in corpus.rows} == {"cn", "tw", "hk", "yue"}


def test_no_text_stands_twice(corpus: Corpus) -> None:
    """Each complaint is a distinct incident."""
    texts = [row.text for row in corpus.rows]
    assert len(set(texts)) == len(texts)


def test_the_datasheet_counts_the_rows_as_they_are(corpus: Corpus) -> None:
    """All of them, and those of each file."""
    sheet = (DATA / "DATASHEET.md").read_text(encoding="utf-8")
    assert f"{len(corpus.rows):,} complaints in Chinese in {len(corpus.files)} files" in sheet
    assert [name for name, rows in corpus.files.items() if f"| `{name}` | {rows:,} |" not in sheet] == []


def test_every_topic_has_enough_to_learn_and_to_measure(corpus: Corpus, taxonomy: Taxonomy) -> None:
    """All 27 topics stand in every part of the split."""
    for part in Part:
        assert {row.topic for row in select(corpus.rows, part)} == set(taxonomy.topic_by_id), part


def test_the_part_of_a_text_follows_from_the_text_alone() -> None:
    """Adding rows or files never moves a held-out text into training."""
    assert part_of("牛奶过期三天") is part_of("牛奶过期三天")
    parts = [part_of(f"第{i}条投诉") for i in range(2_000)]
    assert 0.77 < parts.count(Part.TRAIN) / len(parts) < 0.83


GOOD = {
    "text": "排队太久",
    "topic": "service.efficiency",
    "urgency": "general",
    "secondary": [],
    "variant": "cn",
}


@pytest.mark.parametrize(
    ("line", "place", "field"),
    [
        ({**GOOD, "topic": "service.nothing"}, "line 2", "topic"),
        ({**GOOD, "urgency": "high"}, "line 2", "urgency"),
        ({**GOOD, "secondary": ["service.efficiency"]}, "line 2", "secondary"),
        ({**GOOD, "text": 5}, "line 2", "text"),
        ({k: v for k, v in GOOD.items() if k != "topic"}, "line 2", "topic"),
        ({**GOOD, "note": "x"}, "line 2", "note"),
        ("{not json", "line 2", "JSON"),
    ],
)
def test_a_wrong_line_is_named_with_file_line_and_field(
    tmp_path: Path, taxonomy: Taxonomy, line: object, place: str, field: str
) -> None:
    """Nothing is skipped in silence."""
    wrong = line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)
    (tmp_path / "mine.jsonl").write_text(f"{json.dumps(GOOD)}\n{wrong}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_corpus(tmp_path, taxonomy)
    message = str(caught.value)
    assert "mine.jsonl" in message
    assert place in message
    assert field in message


def test_a_row_is_found_by_its_place(tmp_path: Path, taxonomy: Taxonomy) -> None:
    """File and line, in the order of the rows."""
    for name, texts in {"b.jsonl": ["乙"], "a.jsonl": ["甲", "丙"]}.items():
        lines = [json.dumps({**GOOD, "text": text}) for text in texts]
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    corpus = load_corpus(tmp_path, taxonomy)
    assert [row.text for row in corpus.rows] == ["甲", "丙", "乙"]
    assert corpus.places() == [Place("a.jsonl", 1), Place("a.jsonl", 2), Place("b.jsonl", 1)]


def test_held_out_texts_are_not_shown_by_accident(corpus: Corpus) -> None:
    """A failing test prints its values, and who reads a held-out text can no longer measure with it."""
    assert corpus.rows[0].text not in repr(corpus)


def test_a_folder_without_data_says_so(tmp_path: Path, taxonomy: Taxonomy) -> None:
    """An empty folder is no corpus."""
    with pytest.raises(KnowledgeError, match="no labelled data"):
        load_corpus(tmp_path, taxonomy)
