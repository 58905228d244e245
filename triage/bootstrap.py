"""The one place where concrete parts meet: settings in, an engine and its service out."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from triage import __version__
from triage.catalog.artifact import load_classifier
from triage.catalog.calendars import load_calendars
from triage.catalog.files import PACKAGED, KnowledgeFiles
from triage.catalog.hazards import HazardRules, load_hazard_rules
from triage.catalog.policies import load_policies
from triage.catalog.preprocessing import Preprocessing, load_preprocessing
from triage.catalog.registry import Registry
from triage.catalog.stores import load_stores
from triage.catalog.taxonomy import FILE as TAXONOMY
from triage.catalog.taxonomy import load_taxonomy
from triage.engine import Engine, Limits
from triage.errors import ArtifactError, SettingsError
from triage.live import LiveEngine
from triage.models.linear import LinearClassifier
from triage.policy.policy import Policy
from triage.policy.stores import Stores
from triage.preprocess.prepare import Preparer
from triage.rules.recognizer import Recognizer
from triage.settings import NO_DATABASE, SHIPPED_MODEL, Settings
from triage.taxonomy import Taxonomy
from triage.types import Versions

if TYPE_CHECKING:
    from triage.service import Service
    from triage.service.follower import ModelFollower
    from triage.store.store import Store


@dataclass(frozen=True)
class House:
    """Everything that is read from knowledge files; a model is not needed for it.

    Each part is read at first use; reading raises :class:`triage.errors.KnowledgeError` naming what is wrong.
    """

    files: KnowledgeFiles

    @classmethod
    def from_settings(cls, settings: Settings, taxonomy: Path | None = None) -> House:
        """Lay an organisation's knowledge folder, if there is one, over the packaged one.

        ``taxonomy`` is a file that goes before the ``taxonomy.yaml`` of both.
        """
        folders = [PACKAGED, settings.knowledge] if settings.knowledge else [PACKAGED]
        return cls(KnowledgeFiles(folders, {TAXONOMY: taxonomy} if taxonomy else None))

    @cached_property
    def taxonomy(self) -> Taxonomy:
        """The label set."""
        return load_taxonomy(self.files)

    @cached_property
    def preprocessing(self) -> Preprocessing:
        """The preparation of texts, with the concept lexicon."""
        return load_preprocessing(self.files)

    @property
    def preparer(self) -> Preparer:
        """Prepares texts."""
        return self.preprocessing.preparer

    @cached_property
    def hazard_rules(self) -> HazardRules:
        """The hazard rules with their cues and examples."""
        return load_hazard_rules(self.files, self.taxonomy, self.preprocessing.concepts, self.preparer)

    @cached_property
    def recognizer(self) -> Recognizer:
        """The hazard rules at work, without the drafts."""
        stable = [rule for rule in self.hazard_rules.rules if not rule.draft]
        return Recognizer(stable, self.hazard_rules.context)

    @cached_property
    def policies(self) -> Mapping[str, Policy]:
        """The policy profiles by id."""
        return load_policies(
            self.files,
            frozenset(self.taxonomy.topic_by_id),
            frozenset(self.taxonomy.hazard_by_id),
            other_topics=not self.files.is_packaged(TAXONOMY),
        )

    @cached_property
    def stores(self) -> Stores:
        """The stores with their calendars."""
        return load_stores(self.files, load_calendars(self.files))

    @property
    def policy_version(self) -> str:
        """Changes when any policy, calendar or store changes."""
        names = (
            *self.files.names("policies"),
            "calendars.yaml",
            *self.files.names("calendars"),
            "stores.yaml",
        )
        return self.files.digest(names)


@contextmanager
def built_to_stay() -> Iterator[None]:
    """Build within what lives as long as the process: the garbage collector does not look through it, then or later.

    It would find nothing, and take a tenth of a start. What exists already at the end is left alone as well, so this is
    for a process that builds once.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


def build_engine(settings: Settings) -> Engine:
    """Read everything, verify the model, and put the route together.

    Raises:
        KnowledgeError: a knowledge file is wrong.
        ArtifactError: the model cannot be used and ``settings.model_errors`` is ``stop``.
        SettingsError: the default policy does not exist.
    """
    house = House.from_settings(settings)
    if settings.policy not in house.policies:
        raise SettingsError(
            f"TRIAGE_POLICY: 没有处理规范 {settings.policy}，可用的有：{'、'.join(house.policies)}"
        )
    classifier, degraded = _load_model(settings, house)
    return Engine(
        taxonomy=house.taxonomy,
        preparer=house.preparer,
        recognizer=house.recognizer,
        classifier=classifier,
        policies=house.policies,
        stores=house.stores,
        default_policy=settings.policy,
        default_store=settings.store,
        versions=Versions(
            software=__version__,
            taxonomy=house.taxonomy.version,
            preprocessing=house.preprocessing.fingerprint,
            rules=house.hazard_rules.version,
            policies=house.policy_version,
            model=classifier.version if classifier else None,
        ),
        degraded=degraded,
        limits=Limits(settings.min_text_length, settings.max_text_length),
    )


def model_registry(settings: Settings) -> Registry:
    """The models of this service."""
    return Registry(settings.models, SHIPPED_MODEL)


def model_folder(settings: Settings) -> Path:
    """Where the model in force lies: the one that was named, else what the register says.

    Raises:
        ArtifactError: the register cannot be read, or names a model that is gone.
    """
    return model_registry(settings).active_folder() if settings.follows_register else settings.model


def build_follower(settings: Settings, live: LiveEngine) -> ModelFollower | None:
    """What keeps a running service at the model in force; ``None`` where a model was named."""
    if not settings.follows_register:
        return None
    from triage.service.follower import ModelFollower

    def load(folder: Path) -> LinearClassifier:
        return load_classifier(folder, live.taxonomy, live.versions.preprocessing)

    return ModelFollower(live, model_registry(settings), load)


def build_store(settings: Settings) -> Store:
    """Open the store that the settings name, for whoever needs no engine.

    Raises:
        StoreError: it cannot be opened.
        SettingsError: the address cannot be used, or there is to be no store.
    """
    # Imported here: judging needs no database, and SQLAlchemy takes a quarter of a second.
    from triage.store.store import open_store

    if not settings.keeps_complaints:
        raise SettingsError(f"TRIAGE_DATABASE: 现为 {NO_DATABASE}，没有存储")
    return open_store(settings.state_dir, _revealed(settings.database), _revealed(settings.digest_key))


def build_service(settings: Settings, engine: Engine | LiveEngine) -> Service | None:
    """The use cases over the store; ``None`` where nothing is to be kept. Raises like :func:`build_store`."""
    if not settings.keeps_complaints:
        return None
    from triage.service import Service

    return Service(engine, build_store(settings))


def _revealed(secret: SecretStr | None) -> str | None:
    return None if secret is None else secret.get_secret_value()


def _load_model(settings: Settings, house: House) -> tuple[LinearClassifier | None, tuple[str, ...]]:
    try:
        return load_classifier(model_folder(settings), house.taxonomy, house.preprocessing.fingerprint), ()
    except ArtifactError as error:
        if settings.model_errors == "stop":
            raise
        return None, (f"model: {error}",)
