"""Choices and sources → the plan of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from triage.batch.cell import as_text
from triage.batch.columns import find_text, place_of
from triage.batch.delimited import DelimitedSource, write_record
from triage.batch.dialect import SUFFIX_DELIMITERS, WIDE, Dialect, settle_encoding
from triage.batch.encoding import UTF8, UTF8_MARKED
from triage.batch.errors import BatchError
from triage.batch.inputs import FileName, Format
from triage.batch.judgement import column_names
from triage.batch.plan import Choices, FilePlan, OutputPlan, Plan
from triage.batch.schema import output_schema
from triage.batch.source import Source
from triage.engine import Engine
from triage.serialize import versions_to_dict


def make_plan(choices: Choices, sources: Sequence[Source], output: FileName, now: datetime) -> Plan:
    """Settle where everything stands.

    Raises:
        BatchError: a column is missing, there is no text, or our columns would have the names of theirs.
    """
    if not any(source.sample for source in sources):
        names = "、".join(str(source.name.path) for source in sources)
        raise BatchError(f"{names}: 没有任何数据行")
    with_times = choices.received_column is not None
    judged = column_names(choices.prefix, with_times=with_times)
    columns = _all_columns(sources, judged)
    dialect = _output_dialect(choices, sources, output)
    files = tuple(_file_plan(choices, source, output, columns, dialect) for source in sources)
    schema = output_schema(columns, judged, sources) if output.format is Format.PARQUET else None
    written = OutputPlan(output, dialect, columns, judged, schema=schema)
    written = replace(written, header=_header(choices, sources[0], files[0], written))
    return Plan(files, written, choices.mask, choices.safe_cells, with_times, now)


def identify(plan: Plan, choices: Choices, engine: Engine) -> dict[str, Any]:
    """What two runs have in common that may continue each other, as JSON-ready data."""
    inputs = []
    for file in plan.files:
        stat = file.name.path.stat()
        inputs.append([str(file.name.path.resolve()), file.sheet, stat.st_size, stat.st_mtime_ns])
    ignored = {"inputs", "workers", "output"}
    options = {name: value for name, value in asdict(choices).items() if name not in ignored}
    return {
        "inputs": inputs,
        "options": {name: str(value) for name, value in options.items()},
        "policy": engine.default_policy,
        "store": engine.default_store,
        "limits": [engine.limits.min_characters, engine.limits.max_characters],
        "versions": versions_to_dict(engine.versions),
        "begun": plan.now.isoformat(),
    }


def describe(file: FilePlan, source: Source) -> str:
    """What was chosen for a file, in Chinese."""
    text = f"文本列「{file.columns[file.text]}」" if file.columns else "没有数据"
    return f"{file.name.path}：{source.description}，{len(file.columns)} 列，{text}"


def _all_columns(sources: Sequence[Source], judged: Sequence[str]) -> tuple[str, ...]:
    """Those of all files, in the order in which they first appear."""
    columns = tuple(dict.fromkeys(name for source in sources for name in source.columns))
    taken = [name for name in judged if name in columns]
    if taken:
        raise BatchError(f"输入中已有名为 {'、'.join(taken)} 的列，请用 --prefix 另取前缀")
    return columns


def _output_dialect(choices: Choices, sources: Sequence[Source], output: FileName) -> Dialect:
    """That of the inputs where they agree and have the output's suffix; else UTF-8 with a mark, for spreadsheets."""
    alike = [s for s in sources if isinstance(s, DelimitedSource) and s.columns]
    usual = Dialect(UTF8, SUFFIX_DELIMITERS.get(output.suffix, ","), b"\r\n", marked=True)
    same_kind = [s.dialect for s in alike if s.name.suffix == output.suffix]
    base = same_kind[0] if same_kind else usual
    if choices.output_encoding:
        name = settle_encoding(choices.output_encoding)
        if name in WIDE:
            raise BatchError("--output-encoding: 不能写 UTF-16")
        return replace(base, encoding=UTF8 if name == UTF8_MARKED else name, marked=name == UTF8_MARKED)
    encodings = {s.dialect.encoding for s in alike}
    narrow = any(s.encoding in WIDE for s in alike) or len(alike) < len(sources) or len(encodings) > 1
    return replace(base, encoding=UTF8, marked=True) if narrow else base


def _file_plan(
    choices: Choices, source: Source, output: FileName, columns: tuple[str, ...], dialect: Dialect
) -> FilePlan:
    def place(option: str, name: str | None) -> int | None:
        if name is None or not source.columns:
            return None
        return place_of(name, source.columns, source.name.path, option)

    place("--old-label-column", choices.old_label_column)
    place("--old-urgency-column", choices.old_urgency_column)
    place("--closed-column", choices.closed_column)
    text = place("--text-column", choices.text_column)
    if text is None and source.columns:
        sample = [[as_text(value) for value in row] for row in source.sample]
        text = find_text(source.columns, sample, source.name.path)
    return FilePlan(
        name=source.name,
        sheet=getattr(source, "sheet", None),
        columns=source.columns,
        dialect=source.dialect,
        text=text or 0,
        identity=place("--id-column", choices.id_column),
        received=place("--received-column", choices.received_column),
        store=place("--store-column", choices.store_column),
        faithful=output.format is Format.DELIMITED and _is_alike(source, columns, dialect),
        order=tuple(source.columns.index(name) if name in source.columns else None for name in columns),
    )


def _is_alike(source: Source, columns: tuple[str, ...], dialect: Dialect) -> bool:
    own = source.dialect
    if own is None or source.columns != columns:
        return False
    return (own.encoding, own.delimiter) == (dialect.encoding, dialect.delimiter)


def _header(choices: Choices, source: Source, file: FilePlan, output: OutputPlan) -> bytes:
    """What a delimited output begins with: the header of the first file as it stands, where it can be copied."""
    if output.name.format is not Format.DELIMITED:
        return b""
    dialect = output.dialect
    mark = b"\xef\xbb\xbf" if dialect.marked else b""
    if not choices.header:
        return mark  # a file without header stays one
    ours = dialect.delimiter + write_record(output.judged, dialect)
    if file.faithful and isinstance(source, DelimitedSource):
        return mark + source.header_record.raw + ours.encode(dialect.encoding) + dialect.newline
    try:
        header = write_record(output.columns, dialect) + ours
        return mark + header.encode(dialect.encoding) + dialect.newline
    except UnicodeEncodeError:
        raise BatchError(f"列名中有 {dialect.encoding} 无法表示的字符，请换 --output-encoding") from None
