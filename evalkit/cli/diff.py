"""``evalkit diff``: twin of ``evalkit.diff``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evalkit.cli.command import EvalkitCommand, format_option, language, language_option, plugins_option
from evalkit.cli.diff_text import print_difference
from evalkit.cli.finished import open_run, refuse
from evalkit.cli.main import DONE
from evalkit.cli.output import print_csv, print_json

if TYPE_CHECKING:
    from evalkit.comparison import Difference
    from evalkit.comparison.choices import Pair


@click.command(cls=EvalkitCommand, key="diff")
@click.argument("a", type=click.Path(path_type=Path))
@click.argument("b", type=click.Path(path_type=Path))
@click.option("--node", "changed_node")
@click.option("--top", "rows", type=click.IntRange(min=1), default=10, show_default=True)
@format_option("text", "json", "csv")
@plugins_option
@language_option
def diff(a: Path, b: Path, *, changed_node: str | None, rows: int, output_format: str, allow_plugins: bool) -> None:
    """Say what changed between two runs."""
    from evalkit.comparison import diff as compare  # noqa: PLC0415 - late: loads pandas
    from evalkit.comparison.listing import COLUMNS, listed  # noqa: PLC0415 - late, as above
    from evalkit.explanation import UnknownNameError, known_node  # noqa: PLC0415 - late, as above

    chosen, as_json = language(), output_format == "json"
    before, after = (open_run(path, chosen, as_json=as_json, allow_plugins=allow_plugins) for path in (a, b))
    found = compare(before, after)
    if changed_node is not None:
        try:
            known_node(before if changed_node in set(before["nodes"]["node"]) else after, changed_node)
        except UnknownNameError as error:
            refuse([error.problem], chosen, as_json=as_json)
        found = found.at(changed_node)
    if as_json:
        print_json({"a": str(a), "b": str(b), **_document(found)}, [], chosen)
    elif output_format == "csv":
        print_csv(COLUMNS, list(listed(found)))
    else:
        print_difference(before, after, found, chosen, node=changed_node or before.root, most=rows)
    sys.exit(DONE)


def _document(found: Difference) -> dict[str, object]:
    from evalkit.comparison.listing import SIDES, STATED  # noqa: PLC0415 - late: loads pandas
    from evalkit.reports.outline.sheet import plain, records  # noqa: PLC0415 - late: loads pandas

    stated: dict[str, dict[str, Pair]] = {name: getattr(found, name) for name in STATED}
    pairs = {
        name: {key: dict(zip(SIDES, pair, strict=True)) for key, pair in each.items()} for name, each in stated.items()
    }
    return pairs | {
        "same": found.same,
        "tolerance": found.tolerance,
        **{
            name: {key: dict(zip(SIDES, pair, strict=True)) for key, pair in each.items()}
            for name, each in stated.items()
        },
        "not_comparable": [
            {"node": each.node, "why": each.why, "below": each.below} for each in found.not_comparable.values()
        ],
        **{
            name: [{key: plain(value) for key, value in row.items()} for row in records(table)]
            for name, table in found.tables.items()
        },
    }
