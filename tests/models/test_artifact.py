"""A model directory is verified before anything in it is used."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from triage.bootstrap import House, build_engine
from triage.catalog.artifact import load_classifier, read_manifest, verify_files
from triage.errors import ArtifactError
from triage.settings import Settings


@pytest.fixture
def folder(model_folder: Path, tmp_path: Path) -> Path:
    """A copy to be damaged."""
    return Path(shutil.copytree(model_folder, tmp_path / "model"))


def load(folder: Path, house: House) -> None:
    load_classifier(folder, house.taxonomy, house.preprocessing.fingerprint)


def rewrite_manifest(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    path = folder / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")


def test_an_undamaged_model_loads(folder: Path, house: House) -> None:
    """The copy itself is fine, so that what follows fails for its own reason."""
    load(folder, house)
    verify_files(folder, read_manifest(folder))


def flip_a_bit(folder: Path) -> None:
    path = folder / "arrays.npz"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "no manifest": (lambda folder: (folder / "manifest.json").unlink(), "no model here"),
    "manifest is not JSON": (lambda folder: (folder / "manifest.json").write_text("{"), "manifest.json"),
    "unknown key": (lambda f: rewrite_manifest(f, lambda m: m.update(extra=1)), "extra"),
    "bit flip": (flip_a_bit, "hash differs"),
    "truncated": (
        lambda f: (f / "arrays.npz").write_bytes((f / "arrays.npz").read_bytes()[:99]),
        "hash differs",
    ),
    "a file is missing": (lambda folder: (folder / "vocabulary.txt").unlink(), "vocabulary.txt"),
    "another label set": (
        lambda f: rewrite_manifest(f, lambda m: m["topics"].__setitem__(0, "other.new")),
        "other topics",
    ),
    "another taxonomy": (
        lambda f: rewrite_manifest(f, lambda m: m.update(taxonomy="1999.1")),
        "taxonomy 1999.1",
    ),
    "another preprocessing": (
        lambda f: rewrite_manifest(f, lambda m: m.update(preprocessing="0" * 12)),
        "retrain",
    ),
    "a threshold out of range": (
        lambda f: rewrite_manifest(f, lambda m: m["thresholds"].update(review=7)),
        "thresholds.review",
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_or_foreign_model_is_refused_with_the_reason(folder: Path, house: House, name: str) -> None:
    """The message names what is wrong, so that the engineer on duty knows what to do."""
    damage, reason = DAMAGES[name]
    damage(folder)
    with pytest.raises(ArtifactError, match=reason):
        load(folder, house)


def test_a_planted_pickle_never_runs(folder: Path, house: House) -> None:
    """Arrays that are Python objects are refused before anything in them runs, even with the right hash."""

    class Planted:
        def __reduce__(self) -> tuple[object, ...]:
            return Path("planted").touch, ()

    np.savez(folder / "arrays.npz", weights=np.array([Planted()], dtype=object), allow_pickle=True)
    content = hashlib.sha256((folder / "arrays.npz").read_bytes()).hexdigest()
    rewrite_manifest(folder, lambda m: m["files"].update({"arrays.npz": content}))
    with pytest.raises(ArtifactError, match="allow_pickle"):
        load(folder, house)
    assert not Path("planted").exists()


def test_arrays_that_do_not_fit_each_other_are_refused(folder: Path, house: House) -> None:
    """A word too many in the list, with the right hash: the message gives both shapes."""
    path = folder / "words.txt"
    path.write_text(path.read_text(encoding="utf-8") + "\n多余", encoding="utf-8")
    content = hashlib.sha256(path.read_bytes()).hexdigest()
    rewrite_manifest(folder, lambda m: m["files"].update({"words.txt": content}))
    with pytest.raises(ArtifactError, match="word_weights has shape"):
        load(folder, house)


def test_a_broken_model_stops_the_start(folder: Path, tmp_path: Path) -> None:
    """Nobody is served by something else than what was configured."""
    flip_a_bit(folder)
    with pytest.raises(ArtifactError):
        build_engine(Settings(model=folder, state_dir=tmp_path))


def test_rules_alone_answer_only_where_that_was_chosen_and_say_so(folder: Path, tmp_path: Path) -> None:
    """`rules-only` keeps emergencies flowing; what is degraded is named."""
    flip_a_bit(folder)
    engine = build_engine(Settings(model=folder, state_dir=tmp_path, model_errors="rules-only"))
    assert engine.versions.model is None
    assert "hash differs" in engine.degraded[0]
