"""Every example of every hazard rule is a test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from triage.bootstrap import House
from triage.catalog.files import PACKAGED
from triage.cli.check import confirms
from triage.rules.recognizer import Recognizer


def examples(kind: str) -> Iterator[object]:
    for path in sorted((PACKAGED / "hazards").glob("*.yaml")):
        for rule in yaml.safe_load(Path(path).read_text(encoding="utf-8"))["rules"]:
            for text in rule["examples"][kind]:
                yield pytest.param(rule["id"], text, id=f"{rule['id']}-{text}")


@pytest.fixture(scope="module")
def all_rules(house: House) -> Recognizer:
    """Drafts included."""
    return Recognizer(house.hazard_rules.rules, house.hazard_rules.context)


@pytest.mark.parametrize(("rule", "text"), list(examples("hit")))
def test_a_rule_confirms_what_it_is_for(house: House, all_rules: Recognizer, rule: str, text: str) -> None:
    """Each `hit` example is asserted by its own rule."""
    assert confirms(all_rules, house.preparer, rule, text)


@pytest.mark.parametrize(("rule", "text"), list(examples("miss")))
def test_a_rule_leaves_alone_what_only_looks_like_it(
    house: House, all_rules: Recognizer, rule: str, text: str
) -> None:
    """No `miss` example is asserted by its own rule."""
    assert not confirms(all_rules, house.preparer, rule, text)


def test_there_are_rules_for_every_hazard(house: House) -> None:
    """At least sixty rules, and some for each hazard of the taxonomy."""
    rules = house.hazard_rules.rules
    assert len(rules) >= 60
    assert {rule.hazard for rule in rules} == set(house.taxonomy.hazard_by_id)
