"""Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from triage.batch.columns import unique_names
from triage.batch.dialect import Dialect
from triage.batch.errors import BatchError
from triage.batch.inputs import FileName
from triage.batch.source import SAMPLE
from triage.batch.values import Cells

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 2_000
"""Rows taken from the file at a time."""


class ParquetSource:
    """A Parquet file; ``schema`` keeps the types of its columns."""

    dialect: Dialect | None = None
    description = "Parquet"

    def __init__(self, name: FileName) -> None:
        """Read the schema and the first rows."""
        self.name = name
        self.blank_lines = 0
        self._part = 0.0
        self.schema = self._schema()
        self.columns = unique_names(self.schema.names)
        self.sample = [row.values for row in islice(self.rows(), SAMPLE)]

    def rows(self) -> Iterator[Cells]:
        """Every row, batch by batch.

        Raises:
            BatchError: the file is damaged.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        line = 0
        try:
            with pq.ParquetFile(self.name.path) as file:
                for batch in file.iter_batches(batch_size=ROWS, use_threads=False):
                    columns = [column.to_pylist() for column in batch.columns]
                    for values in zip(*columns, strict=True):
                        line += 1
                        yield Cells(line, values)
                    self._part = line / max(file.metadata.num_rows, 1)
        except (pa.ArrowException, OSError) as error:
            raise BatchError(f"{self.name.path}: Parquet 文件已损坏，第 {line} 行之后无法读取") from error

    @property
    def position(self) -> int:
        """The share of rows read, as bytes of the file."""
        return int(self._part * self.name.path.stat().st_size)

    def _schema(self) -> pa.Schema:
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            return pq.read_schema(self.name.path)
        except (pa.ArrowException, OSError) as error:
            raise BatchError(f"{self.name.path}: 不是有效的 Parquet 文件") from error
