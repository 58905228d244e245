"""The page as people get it."""

from __future__ import annotations

import base64
import csv
import re
from collections.abc import Callable
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.batch.report.conftest import NOW, Row, row, write_output
from triage.batch.errors import RunRefused
from triage.batch.plan import Choices
from triage.batch.report.charts import columns
from triage.batch.report.make import check_targets, make_report
from triage.bootstrap import House
from triage.types import Urgency

Page = Callable[[list[Row]], str]
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">电话13812345678，厨房起火了没人管'


class Tags(HTMLParser):
    """All elements with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the element."""
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def hostile(page: Page) -> str:
    """A page about a row of which every cell is hostile."""
    cells = dict.fromkeys(("编号", "旧标签", "旧级别", "门店"), HOSTILE)
    rows = [row(HOSTILE, topic="safety.fire", urgency="urgent", 收到="2024-03-05 09:00", **cells)] * 3
    return page(rows)


def test_nothing_comes_from_outside_and_nothing_runs(hostile: str) -> None:
    """No script, no link but within the page, no attribute that runs or styles."""
    tags = Tags(hostile).found
    assert "起火" in hostile
    assert not {tag for tag, _ in tags} & {
        "script",
        "img",
        "link",
        "iframe",
        "object",
        "embed",
        "form",
        "base",
    }
    for _, attributes in tags:
        assert not any(name.startswith("on") or name in {"src", "style"} for name in attributes)
        assert (attributes.get("href") or "#").startswith("#")
    assert "url(" not in hostile


def test_its_own_policy_allows_its_style_and_nothing_else(hostile: str) -> None:
    """The hash in the policy is that of the style in the page."""
    match = re.search("<style>(.*?)</style>", hostile, re.DOTALL)
    assert match is not None
    digest = base64.b64encode(sha256(match[1].encode()).digest()).decode()
    policy = next(
        a["content"] for _, a in Tags(hostile).found if a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_personal_data_are_masked_in_every_cell_that_it_shows(hostile: str, tmp_path: Path) -> None:
    """On the page and in the list of suspects."""
    assert "13812345678" not in hostile
    assert "***********" in hostile
    assert "13812345678" not in (tmp_path / "suspects.csv").read_text("utf-8-sig")


def test_every_link_of_the_page_leads_somewhere(hostile: str) -> None:
    """The table of contents names sections that are there."""
    tags = Tags(hostile).found
    assert {a["href"] for tag, a in tags if tag == "a"} <= {f"#{a.get('id')}" for _, a in tags}


def test_only_what_was_given_is_spoken_of(page: Page, choices: Choices, house: House, tmp_path: Path) -> None:
    """Without columns of old labels, times and stores these sections are not there."""
    write_output(choices.output, [row("厨房起火了没人管", topic="safety.fire", urgency="urgent")])
    bare = Choices(inputs=("in.csv",), output=choices.output)
    make_report(bare, house, NOW, tmp_path / "report.html", None)
    content = (tmp_path / "report.html").read_text("utf-8")
    assert "没有旧标签可以对照，全部列出" in content
    for section in ("与旧标签对照", "按门店", "按月", "突增", "及时处理率"):
        assert section not in content


def test_suspects_are_exported_for_review_without_formulas(page: Page, tmp_path: Path) -> None:
    """With number, id, both labels, and an empty column for the verdict."""
    page([row("=1+1，菜不新鲜", topic="product.quality", 旧标签="服务类", 编号="7")])
    with (tmp_path / "suspects.csv").open(encoding="utf-8-sig", newline="") as file:
        (suspect,) = csv.DictReader(file)
    assert suspect["行号"] == "1"
    assert (suspect["编号"], suspect["旧标签"], suspect["新主题"]) == ("7", "服务类", "商品质量")
    assert suspect["文本（已脱敏）"].startswith("'=")
    assert suspect["复核结论"] == ""


def test_an_empty_output_gives_a_page_all_the_same(page: Page) -> None:
    """All rows may have been rejected."""
    assert "没有发现" in page([])


def test_existing_files_are_refused_before_the_run(tmp_path: Path) -> None:
    """A report is never overwritten."""
    (tmp_path / "report.html").touch()
    with pytest.raises(RunRefused, match="已经存在"):
        check_targets(tmp_path / "report.html", None)


@pytest.mark.parametrize("rows", [1, 7, 99, 100, 101, 12_345])
def test_columns_stay_within_their_drawing(rows: int) -> None:
    """Under the highest of at most six lines with round numbers."""
    chart = columns([("2024-01", {Urgency.URGENT: rows, Urgency.MINOR: 1}, False), ("2024-02", {}, False)])
    assert len(chart.ticks) <= 6
    assert chart.ticks[-1].value >= rows + 1
    assert all(part.y >= chart.ticks[-1].y for bar in chart.bars for part in bar.parts)
