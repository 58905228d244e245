"""The gate: a challenger answers only after it has held its own against the champion on texts nobody learned from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from training.exam import Exam, Sheet, sit
from training.gate_checks import findings
from training.lessons import read_marks
from training.retrain import marks_that_measure
from triage.catalog.artifact import load_classifier, read_manifest, verify_files
from triage.engine import Engine
from triage.errors import ArtifactError
from triage.live import with_model
from triage.models.gate import VERDICT, Finding, Verdict
from triage.models.linear import LinearClassifier

REPORT = "GATE.md"
LOADS, LEAK = "可用", "未学考题"


def hold(champion: Engine, folder: Path, exam: Exam, answers: Sheet | None = None) -> Verdict:
    """Try the model in ``folder`` against the one of ``champion``.

    Args:
        champion: the engine as it serves.
        folder: the challenger.
        exam: what both are asked.
        answers: what the champion answered, where that is known already.

    Raises:
        ArtifactError: the champion has no model.
    """
    before = answers or sit(champion, exam)
    return Verdict(
        champion=champion.versions.model or "",
        challenger=_name(folder),
        findings=tuple(_findings(champion, folder, exam, before)),
    )


def write_verdict(verdict: Verdict, folder: Path) -> None:
    """Put a verdict into the directory of the challenger, for the register and for people."""
    (folder / REPORT).write_text(verdict_text(verdict), encoding="utf-8")
    (folder / VERDICT).write_text(verdict.model_dump_json(indent=1), encoding="utf-8")


def verdict_text(verdict: Verdict) -> str:
    """A verdict in Chinese, as Markdown."""
    outcome = "通过" if verdict.passed else "未通过"
    lines = [f"# 评审{outcome}：{verdict.challenger} 对 {verdict.champion}（现行）", ""]
    lines += ["| 项目 | 结果 | 说明 |", "|---|---|---|"]
    lines += [
        f"| {one.name} | {'通过' if one.passed else '**未通过**'} | {one.reason} |"
        for one in verdict.findings
    ]
    return "\n".join([*lines, ""])


def _findings(champion: Engine, folder: Path, exam: Exam, before: Sheet) -> Iterator[Finding]:
    """A model that cannot be used, or that has seen the questions, is not asked any."""
    try:
        challenger = _loaded(champion, folder)
    except ArtifactError as error:
        yield Finding(name=LOADS, passed=False, reason=f"不能使用：{error}")
        return
    yield Finding(name=LOADS, passed=True, reason="完整，标签和预处理与现行一致")
    leak = _leak(folder, champion, exam)
    yield leak
    if leak.passed:
        yield from findings(before, sit(with_model(champion, challenger), exam))


def _loaded(champion: Engine, folder: Path) -> LinearClassifier:
    verify_files(folder, read_manifest(folder))
    return load_classifier(folder, champion.taxonomy, champion.versions.preprocessing)


def _leak(folder: Path, champion: Engine, exam: Exam) -> Finding:
    learned = read_marks(folder)
    if learned is None:
        return Finding(name=LEAK, passed=False, reason="没有记录学过哪些文本，无法核对")
    seen = learned & marks_that_measure(exam.rows, champion.preparer)
    reason = f"学过考题中的 {len(seen)} 条" if seen else f"学过的 {len(learned)} 条中没有考题"
    return Finding(name=LEAK, passed=not seen, reason=reason, figures={"leaked": len(seen)})


def _name(folder: Path) -> str:
    try:
        return read_manifest(folder).id
    except ArtifactError:
        return folder.name
