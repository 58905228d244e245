"""The one place where concrete parts meet: settings in, an engine out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from triage import __version__
from triage.catalog.artifact import load_classifier
from triage.catalog.calendars import load_calendars
from triage.catalog.files import PACKAGED, KnowledgeFiles
from triage.catalog.hazards import HazardRules, load_hazard_rules
from triage.catalog.policies import load_policies
from triage.catalog.preprocessing import Preprocessing, load_preprocessing
from triage.catalog.stores import load_stores
from triage.catalog.taxonomy import load_taxonomy
from triage.engine import Engine, Limits
from triage.errors import ArtifactError, SettingsError
from triage.models.linear import LinearClassifier
from triage.policy.policy import Policy
from triage.policy.stores import Stores
from triage.preprocess.prepare import Preparer
from triage.rules.recognizer import Recognizer
from triage.settings import Settings
from triage.taxonomy import Taxonomy
from triage.types import Versions


@dataclass(frozen=True)
class House:
    """Everything that is read from knowledge files; a model is not needed for it.

    Each part is read at first use; reading raises :class:`triage.errors.KnowledgeError` naming what is wrong.
    """

    files: KnowledgeFiles

    @classmethod
    def from_settings(cls, settings: Settings) -> House:
        """Lay an organisation's knowledge folder, if there is one, over the packaged one."""
        folders = [PACKAGED, settings.knowledge] if settings.knowledge else [PACKAGED]
        return cls(KnowledgeFiles(folders))

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
            self.files, frozenset(self.taxonomy.topic_by_id), frozenset(self.taxonomy.hazard_by_id)
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


def _load_model(settings: Settings, house: House) -> tuple[LinearClassifier | None, tuple[str, ...]]:
    try:
        return load_classifier(settings.model, house.taxonomy, house.preprocessing.fingerprint), ()
    except ArtifactError as error:
        if settings.model_errors == "stop":
            raise
        return None, (f"model: {error}",)
