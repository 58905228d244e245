"""What a model directory says of its trial against the model in force; written by the workshop, read at promotion."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

VERDICT = "gate.json"
LESSONS = "lessons.txt"
"""A line per text that the model learned from: the first half of the SHA-256 of the text, masked as it was learned."""


class Finding(BaseModel):
    """One thing that was looked at: ``reason`` says in Chinese what was found, ``figures`` with which numbers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    passed: bool
    reason: str
    figures: dict[str, float] = {}


class Verdict(BaseModel):
    """``gate.json``: all that was looked at. A model passes when every finding does."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    champion: str
    challenger: str
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether the challenger may be promoted; one about which nothing was found out may not."""
        return bool(self.findings) and all(finding.passed for finding in self.findings)
