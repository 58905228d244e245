"""Texts that say almost the same, over the whole archive."""

from __future__ import annotations

from array import array
from datetime import datetime
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from triage.batch.report.rows import ReportRow
from triage.batch.report.signatures import BANDS, FEWEST_CHARACTERS, PLACES, resemblance, signature, skeleton

MOST_TEXTS = 500_000
"""Different texts that are compared, about 700 bytes each; those that appear later are only counted."""
ALIKE = 0.7
"""Estimated resemblance from which texts are taken for the same report."""
_BLOCK = 4_096


class Duplicates:
    """Gathers signatures of different texts; afterwards says which belong together."""

    def __init__(self, most: int = MOST_TEXTS) -> None:
        """Compare at most ``most`` texts."""
        self.left_out = 0
        self._most = most
        self._places: dict[int, int] = {}
        self._blocks: list[NDArray[np.uint32]] = []
        self.rows = array("L")
        self.first_rows = array("Q")
        self.first_received = array("d")
        self._groups: NDArray[np.int64] = np.empty(0, dtype=np.int64)

    def add(self, row: ReportRow) -> None:
        """Take the text of a row."""
        bare = skeleton(row.text)
        if len(bare) < FEWEST_CHARACTERS:
            return
        place = self._places.get(key := _key(bare))
        if place is None:
            if len(self._places) >= self._most:
                self.left_out += 1
                return
            place = self._new(key, bare, row.number)
        self.rows[place] += 1
        if row.received is not None:
            self.first_received[place] = min(self.first_received[place], _seconds(row.received))

    def settle(self) -> None:
        """All texts are in: put those together that are alike."""
        count = len(self._places)
        self._groups = np.arange(count)
        if not count:
            return
        signatures = np.concatenate(self._blocks)[:count]
        self._blocks = []
        width = PLACES // BANDS
        for band in range(BANDS):
            self._join(signatures, np.ascontiguousarray(signatures[:, band * width : (band + 1) * width]))

    def group_of(self, text: str) -> int | None:
        """The group of a text (a number without meaning), or ``None`` where it was not compared."""
        place = self._places.get(_key(skeleton(text)))
        return None if place is None else self._root(place)

    def groups(self) -> dict[int, list[int]]:
        """Places of texts by group; groups of one row are left out."""
        found: dict[int, list[int]] = {}
        for place in range(len(self._places)):
            found.setdefault(self._root(place), []).append(place)
        return {g: places for g, places in found.items() if sum(self.rows[p] for p in places) > 1}

    def _new(self, key: int, bare: str, number: int) -> int:
        place = self._places[key] = len(self._places)
        if place % _BLOCK == 0:
            self._blocks.append(np.empty((_BLOCK, PLACES), dtype=np.uint32))
        self._blocks[-1][place % _BLOCK] = signature(bare)
        self.rows.append(0)
        self.first_rows.append(number)
        self.first_received.append(float("inf"))
        return place

    def _join(self, signatures: NDArray[np.uint32], band: NDArray[np.uint32]) -> None:
        """Compare each text with the first of those that have the same band."""
        _, first, same = np.unique(
            band.view([("", band.dtype)] * band.shape[1]).ravel(), return_index=True, return_inverse=True
        )
        leaders = first[same]
        others = np.flatnonzero(leaders != np.arange(len(leaders)))
        for start in range(0, len(others), _BLOCK):
            part = others[start : start + _BLOCK]
            alike = resemblance(signatures[part], signatures[leaders[part]]) >= ALIKE
            for place, leader in zip(part[alike], leaders[part][alike], strict=True):
                self._unite(int(place), int(leader))

    def _unite(self, one: int, other: int) -> None:
        low, high = sorted((self._root(one), self._root(other)))
        self._groups[high] = low

    def _root(self, place: int) -> int:
        while (above := int(self._groups[place])) != place:
            self._groups[place] = self._groups[above]
            place = above
        return place


def _key(bare: str) -> int:
    digest = blake2b(bare.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def _seconds(moment: datetime) -> float:
    return (moment - datetime(2000, 1, 1)).total_seconds()  # noqa: DTZ001 - compared with its like only
