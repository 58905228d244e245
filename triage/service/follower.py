"""A running service follows the register of models."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from triage.catalog.artifact import read_manifest
from triage.catalog.registry import Registry
from triage.live import LiveEngine
from triage.models.linear import LinearClassifier

EVERY_SECONDS = 1.0

_log = logging.getLogger(__name__)
_NEVER = (-1, -1)


class ModelFollower:
    """Puts the model in force into a live engine; one that cannot be used is reported, and the old one stays."""

    def __init__(
        self, live: LiveEngine, registry: Registry, load: Callable[[Path], LinearClassifier]
    ) -> None:
        """``load`` verifies and loads a model directory; raises ``ArtifactError``."""
        self._live = live
        self._registry = registry
        self._load = load
        self._seen: tuple[int, int] | None = _NEVER

    def look(self) -> None:
        """Do nothing unless another model was put in force since the last look; never raises."""
        stamp = self._registry.stamp()
        if stamp == self._seen:
            return
        self._seen = stamp
        try:
            self._follow(self._registry.active_folder())
        except Exception as error:
            # Whatever is wrong with the new model: the one in place goes on answering.
            _log.error("the model in force cannot be used, %s stays: %s", self._live.versions.model, error)
            self._live.stay(str(error))

    def _follow(self, folder: Path) -> None:
        before = self._live.versions.model
        if read_manifest(folder).id == before:
            self._live.stay()
            return
        self._live.put_in(self._load(folder))
        _log.warning("model %s answers in place of %s", self._live.versions.model, before)
