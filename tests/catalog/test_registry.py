"""Which model answers is one small file, replaced in one step; a broken model is never put in force."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from triage.catalog.artifact import read_manifest, verify_files
from triage.catalog.registry import POINTER, SHIPPED, Registry
from triage.errors import ArtifactError
from triage.models.gate import VERDICT, Finding, Verdict


def check(folder: Path) -> None:
    """Stands for loading, which test_artifact tests."""
    verify_files(folder, read_manifest(folder))


@pytest.fixture
def registry(model_folder: Path, tmp_path: Path) -> Registry:
    """A shipped model, and two that passed their trial."""
    models = tmp_path / "models"
    for name in ("a", "b"):
        shutil.copytree(model_folder, models / name)
        judge(models / name, passed=True)
    return Registry(models, model_folder)


def judge(folder: Path, passed: bool) -> None:
    finding = Finding(name="主题", passed=passed, reason="正确率下降")
    verdict = Verdict(champion="x", challenger=read_manifest(folder).id, findings=(finding,))
    (folder / VERDICT).write_text(verdict.model_dump_json(), encoding="utf-8")


def test_the_shipped_model_answers_until_another_is_put_in_force(registry: Registry) -> None:
    """Nothing need be set up."""
    assert registry.active_folder() == registry.shipped
    registry.activate("a", check)
    assert registry.active_folder() == registry.folder / "a"


def test_going_back_leads_to_the_models_before_one_by_one(registry: Registry) -> None:
    """As far as there were any."""
    for name in ("a", "b"):
        registry.activate(name, check)

    assert [registry.roll_back(check).name for _ in range(2)] == ["a", SHIPPED]
    with pytest.raises(ArtifactError, match="没有别的模型"):
        registry.roll_back(check)


def test_activating_the_model_in_force_changes_nothing(registry: Registry) -> None:
    """So that going back still leads to another one."""
    registry.activate("a", check)
    stamp = registry.stamp()
    registry.activate("a", check)

    assert registry.stamp() == stamp
    assert registry.roll_back(check).name == SHIPPED


def test_a_broken_model_is_never_put_in_force(registry: Registry) -> None:
    """Nor one that is not there, nor again one that broke since."""
    registry.activate("a", check)
    registry.activate("b", check)
    (registry.folder / "a" / "arrays.npz").write_bytes(b"")

    with pytest.raises(ArtifactError, match="hash differs"):
        registry.activate("a", check)
    with pytest.raises(ArtifactError, match="hash differs"):
        registry.roll_back(check)
    with pytest.raises(ArtifactError, match="没有模型 zzz"):
        registry.activate("zzz", check)
    assert registry.pointer().active == "b"


def test_a_model_that_failed_its_trial_needs_to_be_asked_for(registry: Registry) -> None:
    """The message says why it failed."""
    judge(registry.folder / "a", passed=False)

    with pytest.raises(ArtifactError, match="正确率下降"):
        registry.activate("a", check)
    registry.activate("a", check, untried=True)
    assert registry.pointer().active == "a"


def test_a_model_without_a_trial_or_with_that_of_another_is_refused(registry: Registry) -> None:
    """A verdict belongs to one model, whatever folder it was copied to."""
    (registry.folder / "a" / VERDICT).unlink()
    other = Verdict(champion="x", challenger="another", findings=(Finding(name="x", passed=True, reason=""),))
    (registry.folder / "b" / VERDICT).write_text(other.model_dump_json(), encoding="utf-8")

    with pytest.raises(ArtifactError, match="没有评审结果"):
        registry.activate("a", check)
    with pytest.raises(ArtifactError, match="属于另一个模型"):
        registry.activate("b", check)


def test_a_damaged_pointer_is_named_and_mended_by_the_next(registry: Registry) -> None:
    """Better no start than another model than the one that was chosen."""
    (registry.folder / POINTER).write_text("{", encoding="utf-8")

    with pytest.raises(ArtifactError, match=POINTER):
        registry.active_folder()
    registry.activate("a", check)
    assert registry.pointer().active == "a"


def test_an_unreadable_model_is_listed_with_its_fault(registry: Registry) -> None:
    """The others stay usable; half-written folders, whose names begin with a dot, are none."""
    (registry.folder / "b" / "manifest.json").write_text("{", encoding="utf-8")
    shutil.copytree(registry.folder / "a", registry.folder / ".draft")
    entries = {entry.name: entry for entry in registry.entries()}

    assert set(entries) == {SHIPPED, "a", "b"}
    assert "manifest.json" in (entries["b"].fault or "")
    assert entries["a"].fault is None
