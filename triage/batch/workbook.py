"""XLSX: a source for each sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from triage.batch.archive import check_archive
from triage.batch.cell import as_text
from triage.batch.columns import unique_names
from triage.batch.dialect import Dialect
from triage.batch.errors import BatchError
from triage.batch.inputs import FileName
from triage.batch.source import SAMPLE
from triage.batch.values import Cells

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook


class SheetSource:
    """One sheet; the first row that is not empty names the columns, unless there is no ``header``."""

    dialect: Dialect | None = None

    def __init__(self, name: FileName, book: CalamineWorkbook, sheet: str, *, header: bool = True) -> None:
        """Look at the header and the first rows."""
        self.name = name
        self.sheet = sheet
        self.description = f"工作表「{sheet}」"
        self.blank_lines = 0
        self._book = book
        self._has_header = header
        first = list(islice(self._filled(), SAMPLE + 1))
        top = first[0].values if first else ()
        self.columns = unique_names([as_text(cell) if header else "" for cell in top])
        self.sample = [row.values for row in (first[1:] if header else first)]

    def rows(self) -> Iterator[Cells]:
        """Every row below the header that is not empty."""
        rows = self._filled()
        if self._has_header:
            next(rows, None)
        yield from rows

    @property
    def position(self) -> int:
        """A sheet is read at once."""
        return self.name.path.stat().st_size

    def _filled(self) -> Iterator[Cells]:
        self.blank_lines = 0
        for line, values in enumerate(self._book.get_sheet_by_name(self.sheet).iter_rows(), start=1):
            if any(value != "" for value in values):
                yield Cells(line, tuple(values))
            else:
                self.blank_lines += 1


def open_sheets(name: FileName, wanted: str | None, *, header: bool) -> list[SheetSource]:
    """All visible sheets that are not empty, or the one that is wanted.

    Raises:
        BatchError: the file is damaged or a bomb, or has no such sheet.
    """
    from python_calamine import CalamineError, SheetVisibleEnum, load_workbook

    check_archive(name.path)
    try:
        book = load_workbook(name.path)
        visible = [s.name for s in book.sheets_metadata if s.visible == SheetVisibleEnum.Visible]
        sheets = _choose(name, book.sheet_names, visible, wanted)
        sources = [SheetSource(name, book, sheet, header=header) for sheet in sheets]
    except (CalamineError, OSError) as error:
        raise BatchError(f"{name.path}: 无法读取工作簿（{type(error).__name__}）") from error
    return [source for source in sources if source.columns] or sources[:1]


def _choose(
    name: FileName, all_sheets: Sequence[str], visible: Sequence[str], wanted: str | None
) -> list[str]:
    if wanted is None:
        return list(visible)
    if wanted not in all_sheets:
        raise BatchError(f"{name.path}: --sheet: 没有工作表「{wanted}」；现有的：{'、'.join(all_sheets)}")
    return [wanted]
