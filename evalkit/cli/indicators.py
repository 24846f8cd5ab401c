"""``evalkit indicators``: what is built in, the tree of a set, the schemas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from evalkit import library
from evalkit.cli.command import EvalkitCommand, LazyGroup, format_option, language, language_option
from evalkit.cli.finished import refuse
from evalkit.cli.output import print_csv, print_findings, print_json, print_table
from evalkit.messages import choose, word
from evalkit.problems import Problem

if TYPE_CHECKING:
    from evalkit.definitions.base import Text

_KINDS = ("study", "indicators", "questionnaire", "protocol", "awards", "platform")


@click.group(
    cls=LazyGroup,
    key="indicators",
    homes={"new": "evalkit.cli.indicators_new", "diff": "evalkit.cli.indicators_diff"},
)
@language_option
def indicators() -> None:
    """Look at indicator sets."""


@indicators.command("list", cls=EvalkitCommand, key="indicators list")
@format_option("text", "json", "csv")
@language_option
def list_builtins(output_format: str) -> None:
    """List what is built in."""
    from evalkit.definitions.indicator_files import load_indicators  # noqa: PLC0415 - late: loads pydantic
    from evalkit.definitions.schema import MODELS  # noqa: PLC0415 - late, as above
    from evalkit.definitions.validation import load_definition  # noqa: PLC0415 - late, as above

    chosen = language()
    rows: list[list[str]] = []
    problems: list[Problem] = []
    for kind in get_args(library.Kind):
        for path in library.builtins(kind):
            definition: Any = None
            if kind == "indicators":
                indicator_set, found = load_indicators(path, path.name, path.parent)
                definition = indicator_set and indicator_set.indicators
            else:
                loaded, found = load_definition(path, path.name, MODELS[kind])
                definition = loaded and loaded[0]
            problems += found
            if definition is not None:
                name = choose(chosen, definition.name.zh, definition.name.en)
                rows.append([kind, f"{library.PREFIX}{path.stem}", definition.version, name])
    columns = ["kind", "reference", "version", "name"]
    if output_format == "json":
        print_json({"builtins": [dict(zip(columns, row, strict=True)) for row in rows]}, problems, chosen)
    elif output_format == "csv":
        print_csv(columns, rows)
    else:
        titles = [word(key, chosen) for key in ("kind", "reference", "version", "name")]
        print_table(titles, [[word(f"builtin_{row[0]}", chosen), *row[1:]] for row in rows])


@indicators.command("show", cls=EvalkitCommand, key="indicators show")
@click.argument("reference")
@format_option("text", "json", "csv", "markdown", "mermaid")
@language_option
def show(reference: str, output_format: str) -> None:
    """Draw the tree of an indicator set."""
    from evalkit.definitions.indicator_files import open_indicators  # noqa: PLC0415 - late: loads pydantic
    from evalkit.definitions.recipe import resolve  # noqa: PLC0415 - late, as above
    from evalkit.definitions.study import RecipeOverrides  # noqa: PLC0415 - late, as above

    chosen = language()
    loaded, problems = open_indicators(reference)
    if loaded is None:
        refuse(problems, chosen, as_json=output_format == "json")
    definition = loaded.indicators
    nodes = resolve(definition, RecipeOverrides()).nodes
    if output_format == "text":
        click.echo(f"{definition.id} {definition.version}  {definition.name.say(chosen)}")
        rows = [
            [
                "  " * node.level + node.id,
                node.name.say(chosen),
                f"{node.share:.1%}",
                f"{node.effective_weight:.2%}",
                node.normalise.method if node.is_indicator else node.aggregate,
                node.attestation,
            ]
            for node in nodes
        ]
        keys = ("node", "name", "share_among_siblings", "effective_weight", "method", "attestation")
        print_table([word(key, chosen) for key in keys], rows, numeric=frozenset({2, 3}))
        return
    if output_format in {"markdown", "mermaid"}:
        from evalkit.reports.tree_drawing import markdown, mermaid  # noqa: PLC0415 - late, as above

        is_markdown = output_format == "markdown"
        click.echo(markdown(definition, nodes, chosen) if is_markdown else mermaid(nodes, chosen), nl=False)
        return
    columns = ["node", "parent", "level", "name_zh", "name_en", "weight", "share", "effective_weight"]
    values = [
        [node.id, node.parent or "", node.level, *_names(node.name), node.weight, node.share, node.effective_weight]
        for node in nodes
    ]
    if output_format == "csv":
        print_csv(columns, values)
    else:
        print_json({"nodes": [dict(zip(columns, row, strict=True)) for row in values]}, problems, chosen)


def _names(name: Text) -> tuple[str, str]:
    return name.zh, name.en


@indicators.command("schema", cls=EvalkitCommand, key="indicators schema")
@click.argument("kind", type=click.Choice(_KINDS), required=False)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False))
@click.option("--plugins", type=click.Path(path_type=Path, dir_okay=False), multiple=True)
@language_option
def schema(kind: str | None, out: Path | None, plugins: tuple[Path, ...]) -> None:
    """Print or write JSON Schemas."""
    from evalkit.definitions.schema import schema_text, write_schemas  # noqa: PLC0415 - late: loads pydantic
    from evalkit.problems import NOWHERE  # noqa: PLC0415 - beside the others
    from evalkit.registry import from_file, gathered, installed  # noqa: PLC0415 - late: runs the code of others

    loaded = [installed(NOWHERE), *(from_file(path, str(path)) for path in plugins)]
    known, more = gathered([each for found, _ in loaded for each in found], NOWHERE)
    problems = [*(each for _, found in loaded for each in found), *more]
    if problems:
        print_findings(problems, language())
    if out is not None:
        paths = write_schemas(out, known)
        click.echo(word("schemas_written", language(), count=len(paths), path=out))
    else:
        click.echo(schema_text(kind or "indicators", known), nl=False)
