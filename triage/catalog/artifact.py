"""A model directory → :class:`triage.models.linear.LinearClassifier`, or a clear refusal."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from pydantic import ValidationError

from triage.errors import ArtifactError
from triage.models.arrays import LinearArrays, unpack
from triage.models.artifact import ARRAYS, MANIFEST, VOCABULARY, WORDS, Manifest
from triage.models.decision import Thresholds
from triage.models.linear import Labels, LinearClassifier
from triage.taxonomy import Taxonomy
from triage.types import Urgency


def load_classifier(folder: Path, taxonomy: Taxonomy, fingerprint: str) -> LinearClassifier:
    """Verify and load the model in ``folder``.

    Args:
        folder: a directory as :mod:`triage.models.artifact` describes it.
        taxonomy: the label set in force; the model must have been trained for it.
        fingerprint: of the preprocessing in force; see ``Preparer.fingerprint``.

    Raises:
        ArtifactError: missing, damaged, or made for other labels or another preprocessing.
    """
    manifest = read_manifest(folder)
    check_fit(folder, manifest, taxonomy, fingerprint)
    model = read_arrays(folder, manifest)
    return LinearClassifier(
        version=manifest.id,
        vocabulary=model.vocabulary,
        words=model.words,
        labels=Labels(manifest.topics, manifest.urgencies),
        arrays=model.arrays,
        thresholds=Thresholds(**manifest.thresholds.model_dump()),
    )


@dataclass(frozen=True)
class StoredModel:
    """The verified content of a model directory; line ``i`` of each list names row ``i`` of its arrays."""

    vocabulary: list[str]
    words: list[str]
    arrays: LinearArrays


def read_arrays(folder: Path, manifest: Manifest) -> StoredModel:
    """Verify the files of a model directory and read them.

    Raises:
        ArtifactError: a file is missing, changed or does not fit the others.
    """
    contents = {name: _verified(folder, name, manifest) for name in (ARRAYS, VOCABULARY, WORDS)}
    vocabulary, words = (contents[name].decode().split("\n") for name in (VOCABULARY, WORDS))
    arrays = _unpacked(folder, contents[ARRAYS])
    labels = len(manifest.topics) + len(manifest.urgencies)
    _check_shapes(folder, arrays, len(vocabulary), len(words), labels)
    return StoredModel(vocabulary, words, arrays)


def read_manifest(folder: Path) -> Manifest:
    """Read and check ``manifest.json`` alone.

    Raises:
        ArtifactError: when it is missing or not a manifest.
    """
    path = folder / MANIFEST
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise ArtifactError(
            f"{folder}: no model here ({MANIFEST} is missing); train one with `triage-train train`"
        ) from None
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, f['loc']))}: {f['msg']}" for f in error.errors())
        raise ArtifactError(f"{path}: {faults}") from None
    except OSError as error:
        raise ArtifactError(f"{path}: {error.strerror}") from error


def verify_files(folder: Path, manifest: Manifest) -> None:
    """Check the hash of every file named in the manifest.

    Raises:
        ArtifactError: naming the first file that is missing or changed.
    """
    for name in manifest.files:
        _verified(folder, name, manifest)


def check_fit(folder: Path, manifest: Manifest, taxonomy: Taxonomy, fingerprint: str) -> None:
    """Check that a model was made for the labels and the preprocessing in force.

    Raises:
        ArtifactError: naming what differs.
    """
    check_labels(folder, manifest, taxonomy)
    if manifest.preprocessing != fingerprint:
        raise ArtifactError(
            f"{folder}: trained with preprocessing {manifest.preprocessing}, in force is {fingerprint}"
            " (vocabulary, words, concepts or code have changed); retrain"
        )


def check_labels(folder: Path, manifest: Manifest, taxonomy: Taxonomy) -> None:
    """Check that a model knows the labels in force: enough to train it further.

    Raises:
        ArtifactError: naming what differs.
    """
    topics = {topic.id for topic in taxonomy.topics}
    if set(manifest.topics) != topics:
        different = ", ".join(sorted(set(manifest.topics) ^ topics))
        raise ArtifactError(f"{folder}: trained for other topics ({different})")
    if set(manifest.urgencies) != set(Urgency):
        raise ArtifactError(f"{folder}: trained for other urgencies ({', '.join(manifest.urgencies)})")
    if manifest.taxonomy != taxonomy.version:
        raise ArtifactError(
            f"{folder}: trained for taxonomy {manifest.taxonomy}, in force is {taxonomy.version}; retrain"
        )


def _verified(folder: Path, name: str, manifest: Manifest) -> bytes:
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        raise ArtifactError(f"{folder / name}: {error.strerror}") from error
    if hashlib.sha256(content).hexdigest() != manifest.files.get(name):
        raise ArtifactError(f"{folder / name}: not the file that was saved with this model (hash differs)")
    return content


def _unpacked(folder: Path, content: bytes) -> LinearArrays:
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            return unpack({name: stored[name] for name in stored.files})
    except (ValueError, KeyError, OSError, IndexError, BadZipFile) as error:
        raise ArtifactError(f"{folder / ARRAYS}: {error}") from error


def _check_shapes(folder: Path, arrays: LinearArrays, features: int, words: int, labels: int) -> None:
    dimensions, units = arrays.vectors.shape[-1], len(arrays.hidden_bias)
    expected = {
        "idf": (features,),
        "weights": (features, labels),
        "bias": (labels,),
        "word_weights": (words,),
        "vectors": (words, dimensions),
        "hidden": (dimensions, units),
        "hidden_bias": (units,),
        "output": (units, labels),
        "output_bias": (labels,),
        "calibration": (3 * labels, labels),
        "calibration_bias": (labels,),
    }
    for name, shape in expected.items():
        found = getattr(arrays, name).shape
        if found != shape:
            raise ArtifactError(f"{folder / ARRAYS}: {name} has shape {found}, not {shape}")
