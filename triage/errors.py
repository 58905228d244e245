"""Everything that can go wrong on purpose.

::

    TriageError
    ├── KnowledgeError      a file of taxonomy, concepts, hazards, policies or calendars is wrong
    ├── ArtifactError       a model directory is missing, damaged or made for other knowledge
    ├── SettingsError       an environment variable or option cannot be used
    ├── StoreError          the database cannot be opened, read or written
    └── InputError          what the customer's system sent cannot be judged
        ├── TextTooLong
        ├── UnknownPolicy
        ├── NotFound        no assessment, correction or key of that id
        └── Conflict        it contradicts what is stored: an Idempotency-Key used again, a second review

Messages never hold the customer's text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class TriageError(Exception):
    """Base of all errors raised by this package."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a knowledge file: where, and what."""

    file: str
    entry: str
    field: str
    message: str

    def __str__(self) -> str:
        """``file: entry: field: message``, leaving out what is unknown."""
        return ": ".join(part for part in (self.file, self.entry, self.field, self.message) if part)


class KnowledgeError(TriageError):
    """Knowledge files that cannot be used; carries every problem found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep all problems; the message lists them a line each."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ArtifactError(TriageError):
    """A model artefact that must not be loaded."""


class SettingsError(TriageError):
    """A setting that cannot be used."""


class StoreError(TriageError):
    """The database cannot be opened, read or written; ``passing`` where trying again later may help."""

    def __init__(self, message: str, passing: bool = False) -> None:
        """``message`` is for people and must not quote a row."""
        self.passing = passing
        super().__init__(message)


class InputError(TriageError):
    """A complaint that cannot be judged; ``field`` names the offending field, ``code`` the kind of fault."""

    code = "invalid"

    def __init__(self, field: str, message: str, code: str | None = None) -> None:
        """``message`` is for people and must not quote the customer's text."""
        self.field = field
        self.message = message
        if code is not None:
            self.code = code
        super().__init__(f"{field}: {message}")


class TextTooLong(InputError):
    """The text exceeds the configured limit."""

    code = "too_long"


class UnknownPolicy(InputError):
    """No policy profile of that name."""

    code = "unknown_policy"


class NotFound(InputError):
    """Nothing is stored under that id."""

    code = "not_found"


class Conflict(InputError):
    """It contradicts what is stored."""

    code = "conflict"
