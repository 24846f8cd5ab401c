"""Parquet files of records: the needed columns only, texts kept by their dictionary, sizes looked at first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from evalkit.definitions.limits import Limits
from evalkit.problems import Place, Problem, problem
from evalkit.provenance import sha256_file
from evalkit.sources.cell_text import as_text, trimmed
from evalkit.sources.record_table import Block, OpenTable
from evalkit.sources.refusal import RefusedError, over_limit

EXTRA = "records"
"""The extra that brings pyarrow."""
_MAGIC = b"PAR1"
_BLOCK = 8192
_NO_FRACTION = re.compile(r"\.0+$")
_DAMAGED = ("内容损坏或不是 Parquet", "it is damaged, or no Parquet file")


def open_parquet(path: Path, place: Place, limits: Limits) -> tuple[OpenTable | None, list[Problem]]:
    """Open a Parquet file; a row of it counts as a line, the first being 1.

    ``EK827``: pyarrow is not installed. ``EK826``: the file is damaged, encrypted, or no Parquet file. ``EK235``: it
    declares more rows or bytes than the limits allow; nothing is unpacked before that is known.
    """
    try:
        from pyarrow import ArrowException, parquet  # type: ignore[import-not-found,import-untyped,unused-ignore]  # noqa: PLC0415 - late: an extra
    except ImportError:
        return None, [problem("EK827", place, extra=EXTRA)]
    unreadable = (ArrowException, OSError, ValueError, ArithmeticError, NotImplementedError)
    try:
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                return None, [_refused(place, *_DAMAGED)]
        texts = _text_columns(parquet.read_schema(path))
        file = parquet.ParquetFile(path, read_dictionary=texts, memory_map=False)
        _require_within(file, limits, place)
        headings = tuple(trimmed(name) for name in file.schema_arrow.names)
        digest = sha256_file(path)
    except RefusedError as refused:
        return None, [refused.problem]
    except unreadable as error:
        return None, [_refused(place, *_DAMAGED, error)]
    problems: list[Problem] = []

    def read(wanted: Sequence[int]) -> Iterator[Block]:
        names = [file.schema_arrow.names[column] for column in wanted]
        first = 1
        try:
            for batch in file.iter_batches(batch_size=_BLOCK, columns=list(dict.fromkeys(names)), use_threads=False):
                columns: list[Sequence[str]] = [
                    _texts(batch.column(batch.schema.get_field_index(name))) for name in names
                ]
                yield range(first, first + batch.num_rows), columns
                first += batch.num_rows
        except unreadable as error:
            problems.append(_refused(place, *_DAMAGED, error))

    return OpenTable(place, digest, headings, 0, read, problems), problems


def _refused(place: Place, zh: str, en: str, error: Exception | None = None) -> Problem:
    said = "" if error is None else f" ({type(error).__name__})"
    return problem("EK826", place, reason_zh=zh + said, reason_en=en + said)


def _text_columns(schema: Any) -> list[str]:  # noqa: ANN401 - of pyarrow, which has no types
    """Return the columns of text, which are kept by their dictionary: a long text a million times stays one."""
    return [field.name for field in schema if str(field.type) in {"string", "large_string"}]


def _require_within(file: Any, limits: Limits, place: Place) -> None:  # noqa: ANN401 - as above
    rows = file.metadata.num_rows
    if rows > limits.record_rows:
        raise over_limit(place, "行数", "the number of rows", f"{rows:,}", f"{limits.record_rows:,}")
    groups = (file.metadata.row_group(number) for number in range(file.metadata.num_row_groups))
    size = sum(group.total_byte_size for group in groups)
    if size > limits.record_bytes:
        what = ("解压后的字节数", "the unpacked size, in bytes,")
        raise over_limit(place, *what, f"{size:,}", f"{limits.record_bytes:,}")


def _texts(column: Any) -> list[str]:  # noqa: ANN401 - as above
    """Return the cells as a person would have typed them; nothing for a null. Raises ValueError for nested types."""
    from pyarrow import compute, types  # noqa: PLC0415 - late: an extra

    kind = column.type
    if types.is_dictionary(kind):
        known = [*(_text(value) for value in column.dictionary.to_pylist()), ""]
        return [known[-1 if index is None else index] for index in column.indices.to_pylist()]
    if types.is_timestamp(kind):
        if kind.tz is not None:
            column = compute.local_timestamp(column)
        written = compute.strftime(column, format="%Y-%m-%d %H:%M:%S").to_pylist()
        return [_NO_FRACTION.sub("", _text(value)) for value in written]
    if types.is_nested(kind) or types.is_binary(kind) or types.is_large_binary(kind):
        raise ValueError(str(kind))
    return [_text(value) for value in column.to_pylist()]


def _text(value: object) -> str:
    return "" if value is None else as_text(value)
