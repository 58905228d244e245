"""``triage check``: every fault of the knowledge files at once, examples of the rules included."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from triage.bootstrap import House
from triage.errors import KnowledgeError, Problem
from triage.preprocess.prepare import Preparer
from triage.rules.recognizer import Recognizer
from triage.settings import Settings
from triage.types import Status


@dataclass
class Report:
    """Faults found, and what was read where there were none."""

    problems: list[Problem] = field(default_factory=list)
    summary: list[str] = field(default_factory=list)


def check_knowledge(settings: Settings) -> Report:
    """Read every part of the house; a fault in one part does not hide those of another."""
    report = Report()
    house = House.from_settings(settings)
    parts: dict[str, Callable[[], str]] = {
        "taxonomy": lambda: f"{len(house.taxonomy.topics)} 个主题",
        "concepts": lambda: _concepts(house),
        "hazards": lambda: f"{len(house.hazard_rules.rules)} 条规则",
        "policies": lambda: "、".join(house.policies),
        "calendars": lambda: f"{len(house.stores.by_id) + 1} 个门店",
    }
    for name, read in parts.items():
        try:
            report.summary.append(f"{name}: {read()}")
        except KnowledgeError as error:
            report.problems += [problem for problem in error.problems if problem not in report.problems]
    if not report.problems:
        report.problems += check_examples(house)
    return report


def _concepts(house: House) -> str:
    concepts = house.preprocessing.concepts
    return f"{len(concepts)} 个概念，{sum(map(len, concepts.values()))} 个词"


def check_examples(house: House) -> Iterator[Problem]:
    """Examples that a rule, draft or not, does not judge as it says it does."""
    rules = house.hazard_rules
    recognizer = Recognizer(rules.rules, rules.context)
    for rule, examples in rules.examples.items():
        for kind, texts, wanted in (("hit", examples.hit, True), ("miss", examples.miss, False)):
            for text in texts:
                if confirms(recognizer, house.preparer, rule, text) is not wanted:
                    found = "not confirmed" if wanted else "confirmed"
                    yield Problem(rules.paths[rule], rule, f"examples.{kind}", f"「{text}」 is {found}")


def confirms(recognizer: Recognizer, preparer: Preparer, rule: str, text: str) -> bool:
    """Whether a rule asserts its hazard in a text."""
    signals = recognizer.recognize(preparer.prepare(text))
    return any(signal.rule == rule and signal.status is Status.ASSERTED for signal in signals)
