"""``hazards/*.yaml`` and ``context.yaml`` → the rules of the recogniser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from triage.catalog.files import KnowledgeFiles
from triage.catalog.preprocessing import Concepts
from triage.catalog.schema import (
    ContextFile,
    Examples,
    HazardFile,
    RuleEntry,
    raise_if_any,
    validate,
)
from triage.catalog.taxonomy import FILE as TAXONOMY
from triage.catalog.terms import NormalizeTerm, term_normalizer
from triage.errors import Problem
from triage.preprocess.prepare import Preparer
from triage.rules.context import ContextRules, CueGroup
from triage.rules.pattern import Pattern, PatternError, parse_pattern
from triage.rules.rule import Rule
from triage.taxonomy import Taxonomy
from triage.types import Status

CONTEXT = "context.yaml"


@dataclass(frozen=True)
class HazardRules:
    """The rules, the cues, and per rule the file it stands in and the examples that prove it."""

    rules: tuple[Rule, ...]
    context: ContextRules
    examples: dict[str, Examples]
    paths: dict[str, str]
    version: str


def load_hazard_rules(
    files: KnowledgeFiles, taxonomy: Taxonomy, concepts: Concepts, preparer: Preparer
) -> HazardRules:
    """Read and check every rule.

    Raises:
        KnowledgeError: naming file, rule and field of everything that is wrong.
    """
    problems: list[Problem] = []
    contents = {name: files.read(name) for name in (*files.names("hazards"), CONTEXT)}
    normalize_term = term_normalizer(preparer, *contents.values())
    context = _load_context(str(files.path(CONTEXT)), contents.pop(CONTEXT), normalize_term, problems)
    reader = _RuleReader(taxonomy, concepts, normalize_term, problems)
    own_topics = not files.is_packaged(TAXONOMY)
    for name, content in contents.items():
        # The packaged rules speak of the packaged hazards; another taxonomy says which of them it keeps.
        reader.read(str(files.path(name)), content, optional=own_topics and files.is_packaged(name))
    reader.check_hazards(str(files.path(TAXONOMY)))
    raise_if_any(problems)
    assert context is not None
    return HazardRules(
        rules=tuple(reader.rules),
        context=context,
        examples=reader.examples,
        paths=reader.paths,
        version=files.digest([CONTEXT, *files.names("hazards"), *files.names("concepts")]),
    )


class _RuleReader:
    """Collects rules and problems over several files."""

    def __init__(
        self, taxonomy: Taxonomy, concepts: Concepts, normalize_term: NormalizeTerm, problems: list[Problem]
    ) -> None:
        self.rules: list[Rule] = []
        self.examples: dict[str, Examples] = {}
        self.paths: dict[str, str] = {}
        self._taxonomy = taxonomy
        self._concepts = concepts
        self._normalize_term = normalize_term
        self._problems = problems
        self._read: set[str] = set()

    def read(self, path: str, data: object, optional: bool = False) -> None:
        """Read one file; an ``optional`` one is left out where the taxonomy does not name its hazard."""
        content = validate(HazardFile, data, path, self._problems)
        if content is None:
            return
        self._read.add(content.hazard)
        if content.hazard not in self._taxonomy.hazard_by_id:
            if optional:
                return
            self._problems.append(Problem(path, "", "hazard", f"unknown hazard {content.hazard}"))
            return
        for entry in content.rules:
            self._add(path, content.hazard, entry, optional)

    def check_hazards(self, path: str) -> None:
        """A hazard of the taxonomy without rules is a slip of the pen: nothing would ever confirm it."""
        self._problems += [
            Problem(path, hazard.id, "id", "no file of hazard rules is for this hazard")
            for hazard in self._taxonomy.hazards
            if hazard.id not in self._read
        ]

    def _add(self, path: str, hazard: str, entry: RuleEntry, optional: bool) -> None:
        topic = entry.topic or self._taxonomy.hazard_by_id[hazard].topic
        if optional and topic not in self._taxonomy.topic_by_id:
            topic = self._taxonomy.hazard_by_id[hazard].topic
        if entry.id in self.examples:
            self._problems.append(Problem(path, entry.id, "id", "given twice"))
        if not entry.id.startswith(f"{hazard}."):
            self._problems.append(Problem(path, entry.id, "id", f"must begin with 「{hazard}.」"))
        if topic is not None and topic not in self._taxonomy.topic_by_id:
            self._problems.append(Problem(path, entry.id, "topic", f"unknown topic {topic}"))
        groups = entry.all_ or [entry.any_ or []]
        self.examples[entry.id] = entry.examples
        self.paths[entry.id] = path
        self.rules.append(
            Rule(
                id=entry.id,
                hazard=hazard,
                topic=topic,
                means=entry.means,
                groups=tuple(self._patterns(path, entry.id, "any/all", group) for group in groups),
                within=entry.within,
                exceptions=self._patterns(path, entry.id, "except", entry.except_),
                unless=frozenset(Status(status) for status in entry.unless),
                weak=entry.status == "weak",
                draft=entry.status == "draft",
            )
        )

    def _patterns(self, path: str, rule: str, field: str, sources: Sequence[str]) -> tuple[Pattern, ...]:
        patterns = []
        for source in sources:
            try:
                patterns.append(parse_pattern(source, self._concepts, self._normalize_term))
            except PatternError as error:
                self._problems.append(Problem(path, rule, field, str(error)))
        return tuple(patterns)


def _load_context(
    path: str, data: object, normalize_term: NormalizeTerm, problems: list[Problem]
) -> ContextRules | None:
    content = validate(ContextFile, data, path, problems)
    if content is None:
        return None

    def normalized(words: Sequence[str]) -> frozenset[str]:
        return frozenset(normalize_term(word) for word in words)

    return ContextRules(
        groups=tuple(
            CueGroup(Status(cue.status), cue.where, cue.within, cue.scope, normalized(cue.words))
            for cue in content.cues
        ),
        shields=normalized(content.shields),
        rhetorical=normalized(content.rhetorical),
        names=normalized(content.names),
        speech=normalized(content.speech),
        past=normalized(content.past),
        settled=normalized(content.settled),
        comparison=normalized(content.comparison),
        comparison_end=normalized(content.comparison_end),
    )
