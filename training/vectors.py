"""Word vectors from texts without labels: who stands near whom, as positive pointwise mutual information.

The matrix of these values, reduced to a few hundred dimensions by a singular value decomposition, gives words of like
use like vectors (Levy and Goldberg, "Neural word embedding as implicit matrix factorization", 2014).
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix
from sklearn.utils.extmath import randomized_svd

from triage.errors import KnowledgeError, Problem

WINDOW = 5
"""Words on either side that count as near."""
DIMENSIONS = 256
MIN_COUNT = 5
MAX_WORDS = 25_000
SMOOTHING = 0.75
"""Power of the counts of neighbours; below 1 it tames rare ones."""
MAX_WEIGHT = 8.0
SEED = 20_261

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class WordVectors:
    """Words with their vectors and weights.

    Attributes:
        words: most frequent first.
        vectors: (words, dimensions), each of unit length.
        weights: (words,) information of a word in nats, ``-log p``, at most :data:`MAX_WEIGHT`.
    """

    words: list[str]
    vectors: Floats
    weights: Floats


def learn_vectors(
    texts: Sequence[Sequence[str]], dimensions: int = DIMENSIONS, max_words: int = MAX_WORDS
) -> WordVectors:
    """Learn from segmented texts.

    Raises:
        ValueError: fewer than ``dimensions`` words stand in the texts often enough.
    """
    counts = Counter(word for words in texts for word in words)
    known = [word for word, count in counts.most_common() if count >= MIN_COUNT]
    if len(known) <= dimensions:
        raise ValueError(
            f"{len(known)} words occur {MIN_COUNT} times or more; {dimensions} dimensions need more"
        )
    left, strengths, _ = randomized_svd(
        _information(_neighbours(texts, known)), dimensions, n_iter=4, random_state=SEED
    )
    vectors = (left * np.sqrt(strengths))[:max_words]
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    shares = np.array([counts[word] for word in known[:max_words]]) / counts.total()
    return WordVectors(
        known[:max_words],
        vectors.astype(np.float32),
        np.minimum(-np.log(shares), MAX_WEIGHT).astype(np.float32),
    )


def _neighbours(texts: Sequence[Sequence[str]], known: Sequence[str]) -> csr_matrix:
    """How often each word stands within the window of each other; shape (words, words)."""
    row_of = {word: row for row, word in enumerate(known)}
    gap = [-1] * WINDOW  # no window reaches from one text into the next
    rows = np.array([row for words in texts for row in [*(row_of.get(w, -1) for w in words), *gap]])
    shape = (len(known), len(known))
    near = csr_matrix(shape, dtype=np.float32)
    for distance in range(1, WINDOW + 1):
        first, second = rows[:-distance], rows[distance:]
        both = (first >= 0) & (second >= 0)
        ones = np.ones(int(both.sum()), dtype=np.float32)
        pairs = coo_matrix((ones, (first[both], second[both])), shape=shape).tocsr()
        near = near + pairs + pairs.T
    return near


def _information(near: csr_matrix) -> csr_matrix:
    """Positive pointwise mutual information, neighbours smoothed."""
    total = near.sum()
    words = np.asarray(near.sum(axis=1)).ravel()
    neighbours = words**SMOOTHING
    neighbours *= total / neighbours.sum()
    pairs = near.tocoo()
    values = np.log(pairs.data * total / (words[pairs.row] * neighbours[pairs.col]))
    kept = values > 0
    return csr_matrix((values[kept], (pairs.row[kept], pairs.col[kept])), shape=near.shape)


def save_vectors(vectors: WordVectors, path: Path) -> None:
    """Write one ``.npz`` file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer, words=np.array(vectors.words), vectors=vectors.vectors, weights=vectors.weights
    )
    path.write_bytes(buffer.getvalue())


def load_vectors(path: Path) -> WordVectors:
    """Read what :func:`save_vectors` wrote.

    Raises:
        KnowledgeError: the file is missing or is something else.
    """
    try:
        with np.load(path, allow_pickle=False) as stored:
            words, vectors, weights = (stored[name] for name in ("words", "vectors", "weights"))
    except (OSError, ValueError, KeyError) as error:
        raise KnowledgeError([Problem(str(path), "", "", f"no word vectors: {error}")]) from None
    if not len(words) == len(vectors) == len(weights):
        raise KnowledgeError([Problem(str(path), "", "", "words, vectors and weights differ in length")])
    return WordVectors(words.tolist(), vectors, weights)
