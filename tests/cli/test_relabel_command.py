"""`triage relabel`, as typed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from triage.settings import Settings


def run(*arguments: str | Path, settings: Settings) -> subprocess.CompletedProcess[str]:
    environment = {"TRIAGE_MODEL": str(settings.model), "TRIAGE_STATE_DIR": str(settings.state_dir)}
    return subprocess.run(
        [sys.executable, "-m", "triage", "relabel", *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**environment, "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
        check=False,
    )


def test_a_run_says_what_it_chose_and_what_became_of_the_rows(settings: Settings, tmp_path: Path) -> None:
    """Exit code 0 where every row is judged, 3 where the output is there already."""
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes("编号,投诉内容\n1,厨房着火了\n2,排队太久了\n".encode("gb18030"))
    done = run(source, "--output", target, settings=settings)
    assert done.returncode == 0, done.stderr
    assert "编码 gb18030" in done.stderr
    assert "文本列「投诉内容」" in done.stderr
    assert "读入 2 行 = 写出 2 行 + 拒收 0 行" in done.stderr
    assert "safety.fire" in target.read_text("gb18030")
    again = run(source, "--output", target, settings=settings)
    assert again.returncode == 3
    assert "已经存在" in again.stderr


def test_a_report_can_be_made_with_the_run_or_afterwards(settings: Settings, tmp_path: Path) -> None:
    """Nothing that exists is overwritten."""
    source, target, page = tmp_path / "in.csv", tmp_path / "out.csv", tmp_path / "report.html"
    source.write_text("旧分类,投诉内容\n服务类,厨房着火了没有人管\n服务类,排队太久了\n", encoding="utf-8")
    options = (source, "--output", target, "--old-label-column", "旧分类", "--report", page)
    done = run(*options, "--suspects", tmp_path / "suspects.csv", settings=settings)
    assert done.returncode == 0, done.stderr
    assert "1 件紧急投诉未见升级" in done.stderr
    assert "厨房着火了" in (tmp_path / "suspects.csv").read_text("utf-8-sig")
    first = page.read_text("utf-8")
    again = run(*options, "--report-only", settings=settings)
    assert again.returncode == 3
    page.unlink()
    later = run(*options, "--report-only", settings=settings)
    assert later.returncode == 0, later.stderr
    assert "厨房着火了" in first
    assert "厨房着火了" in page.read_text("utf-8")


def test_rejects_are_told_by_the_exit_code(settings: Settings, tmp_path: Path) -> None:
    """1, and where to look."""
    source = tmp_path / "in.csv"
    source.write_text("编号,投诉内容\n1,厨房着火了\n2\n")
    done = run(source, "--output", tmp_path / "out.xlsx", settings=settings)
    assert done.returncode == 1, done.stderr
    assert "拒收 1 行" in done.stderr
    assert "out.xlsx.rejects.jsonl" in done.stderr


def test_what_cannot_begin_leaves_nothing_behind(settings: Settings, tmp_path: Path) -> None:
    """Exit code 2, and the columns that could have been meant."""
    source = tmp_path / "in.csv"
    source.write_text("编号,投诉内容\n1,厨房着火了\n")
    done = run(source, "--output", tmp_path / "out.csv", "--store-column", "店", settings=settings)
    assert done.returncode == 2
    assert "现有的列：编号、投诉内容" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]
