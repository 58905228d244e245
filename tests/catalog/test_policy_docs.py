"""The examples of the manual for policies, calendars and stores."""

from __future__ import annotations

import re
from pathlib import Path

from triage.catalog.calendars import load_calendars
from triage.catalog.files import PACKAGED, KnowledgeFiles
from triage.catalog.policies import load_policies
from triage.catalog.stores import load_stores
from triage.catalog.taxonomy import load_taxonomy

MANUAL = Path(__file__).parents[2] / "docs" / "policies.md"


def test_the_examples_of_the_manual_work(tmp_path: Path) -> None:
    """Whoever copies the three files of the manual into a knowledge folder gets what the manual says."""
    policy, calendar, stores = re.findall(r"```yaml\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    for name, text in {
        "policies/my-store.yaml": policy,
        "calendars/own.yaml": calendar,
        "stores.yaml": stores,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = KnowledgeFiles((PACKAGED, tmp_path))
    calendars = load_calendars(files)
    assert "my-store" in load_policies(
        files,
        frozenset(topic.id for topic in load_taxonomy(files).topics),
        frozenset(hazard.id for hazard in load_taxonomy(files).hazards),
    )
    assert 2027 in calendars["CN"].published
    assert load_stores(files, calendars).find("SZ-001").name == "深圳福田店"
