"""What the knowledge files may hold, as pydantic models, and how their faults are reported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from triage.errors import KnowledgeError, Problem
from triage.types import Status

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$")]
DottedIdentifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")]


class Entry(BaseModel):
    """Base of all entries: unknown keys are faults, types are not bent.

    Validators are built at first use: most entries are only ever checked as a part of their file.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class CategoryEntry(Entry):
    """A category of ``taxonomy.yaml``."""

    id: Identifier
    name: Text


class UrgencyEntry(Entry):
    """An urgency level of ``taxonomy.yaml``."""

    id: Literal["minor", "general", "important", "urgent"]
    name: Text
    belongs: Text


class TopicEntry(Entry):
    """A topic of ``taxonomy.yaml``."""

    id: DottedIdentifier
    name: Text
    belongs: Text
    excludes: Text | None = Field(None, alias="not")
    danger: int | None = Field(None, ge=1)
    always_urgent: bool = False


class HazardEntry(Entry):
    """A hazard of ``taxonomy.yaml``: what rules may confirm."""

    id: Identifier
    name: Text
    topic: str | None = None


class TaxonomyFile(Entry):
    """``taxonomy.yaml``."""

    version: Text
    categories: list[CategoryEntry] = Field(min_length=1)
    urgencies: list[UrgencyEntry] = Field(min_length=4, max_length=4)
    topics: list[TopicEntry] = Field(min_length=1)
    fallback: str
    hazards: list[HazardEntry]


class ConceptEntry(Entry):
    """A concept of ``concepts/*.yaml``."""

    id: DottedIdentifier
    means: Text
    words: list[Annotated[str, StringConstraints(min_length=1, max_length=12)]] = Field(min_length=1)


class VocabularyGroup(Entry):
    """A group of regional words."""

    id: Identifier
    means: Text
    words: dict[Text, Text] = Field(min_length=1)


class VocabularyFile(Entry):
    """``vocabulary/regional.yaml``."""

    version: int
    refused: list[Text] = []
    groups: list[VocabularyGroup]


class WordsFile(Entry):
    """``vocabulary/retail_words.yaml`` and ``vocabulary/fillers.yaml``."""

    version: int
    words: list[Text]


class ProbesFile(Entry):
    """``probes.yaml``."""

    version: int
    texts: list[str] = Field(min_length=1)


class CueEntry(Entry):
    """A group of cues of ``context.yaml``."""

    status: Literal["denied", "asked", "past", "reported", "figurative", "named", "assured"]
    where: Literal["before", "after"]
    within: int = Field(ge=0, le=30)
    scope: Literal["clause", "sentence"] = "clause"
    words: list[Text] = Field(min_length=1)


class ContextFile(Entry):
    """``context.yaml``."""

    version: int
    cues: list[CueEntry]
    shields: list[Text]
    rhetorical: list[Text]
    names: list[Text]
    speech: list[Text]
    past: list[Text]
    settled: list[Text]
    comparison: list[Text]
    comparison_end: list[Text]


class Examples(Entry):
    """Complaints that a rule must and must not confirm; each is a test."""

    hit: list[Text] = Field(min_length=1)
    miss: list[Text] = Field(min_length=1)


DEFAULT_UNLESS = [status.value for status in Status if status is not Status.ASSERTED]


class RuleEntry(Entry):
    """A hazard rule."""

    id: DottedIdentifier
    means: Text
    any_: list[Text] | None = Field(None, alias="any", min_length=1)
    all_: list[Annotated[list[Text], Field(min_length=1)]] | None = Field(None, alias="all", min_length=2)
    within: Literal["clause", "sentence", "text"] = "sentence"
    except_: list[Text] = Field([], alias="except")
    unless: list[Literal["denied", "asked", "past", "reported", "figurative", "named", "assured"]] = Field(
        DEFAULT_UNLESS  # type: ignore[arg-type]
    )
    topic: str | None = None
    status: Literal["stable", "weak", "draft"] = "stable"
    source: Literal["guide", "regulation", "field", "review"] = "field"
    examples: Examples

    @model_validator(mode="after")
    def _any_or_all(self) -> RuleEntry:
        if (self.any_ is None) == (self.all_ is None):
            raise ValueError("give either `any` or `all`")
        return self


class HazardFile(Entry):
    """``hazards/*.yaml``."""

    hazard: Identifier
    rules: list[RuleEntry] = Field(min_length=1)


E = TypeVar("E", bound=BaseModel)


def validate(model: type[E], data: object, file: str, problems: list[Problem], entry: str = "") -> E | None:
    """Check ``data`` against ``model``; faults are added to ``problems`` and ``None`` comes back."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems += [
            Problem(file, entry or _entry_name(data, fault["loc"]), _dotted(fault["loc"]), fault["msg"])
            for fault in error.errors()
        ]
        return None


def require(model: type[E], data: object, file: str) -> E:
    """Check a whole file against ``model``.

    Raises:
        KnowledgeError: naming every fault.
    """
    problems: list[Problem] = []
    content = validate(model, data, file, problems)
    if content is None:
        raise KnowledgeError(problems)
    return content


def validate_list(model: type[E], data: object, file: str, problems: list[Problem]) -> list[E]:
    """Check a file that is a list of entries; good ones come back, faults go to ``problems``."""
    if not isinstance(data, list):
        problems.append(Problem(file, "", "", "must be a list of entries"))
        return []
    entries = (
        validate(model, item, file, problems, entry=_identity(item) or f"entry {number}")
        for number, item in enumerate(data, start=1)
    )
    return [entry for entry in entries if entry is not None]


def raise_if_any(problems: Sequence[Problem]) -> None:
    """Raise one :class:`KnowledgeError` that carries all problems."""
    if problems:
        raise KnowledgeError(problems)


def _identity(item: object) -> str:
    return str(item.get("id", "")) if isinstance(item, dict) else ""


def _entry_name(data: Any, location: tuple[int | str, ...]) -> str:  # noqa: ANN401 - any nesting
    """The id of the innermost list item on the way to a fault, or its number."""
    name = ""
    for part in location:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(part, int):
            name = _identity(data) or f"entry {part + 1}"
    return name


def _dotted(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location)
