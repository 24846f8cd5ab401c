"""``evalkit rank``: twin of ``evaluate.ranks.rank_by``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from evalkit.cli.command import EvalkitCommand, format_option, language, language_option, plugins_option
from evalkit.cli.finished import open_run, refuse
from evalkit.cli.output import print_csv, print_json
from evalkit.cli.ranking import print_ranking

CHANGE = ("wave_then", "basis", "rank_then", "rank_change", "score_change")


@click.command(cls=EvalkitCommand, key="rank")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--node")
@click.option("--group", default="")
@click.option("--top", type=click.IntRange(min=1))
@click.option("--intervals", is_flag=True)
@click.option("--best", type=click.IntRange(min=1))
@format_option("text", "json", "csv")
@plugins_option
@language_option
def rank(
    run: Path,
    node: str | None,
    group: str,
    top: int | None,
    *,
    intervals: bool,
    best: int | None,
    output_format: str,
    allow_plugins: bool,
) -> None:
    """Print the ranking of a finished run."""
    from evalkit.evaluate.ranks import UnknownGroupError, rank_by  # noqa: PLC0415 - late: loads pandas
    from evalkit.explanation import UnknownNameError, known_node  # noqa: PLC0415 - late, as above
    from evalkit.reports.outline.certainty import best_lines, best_units  # noqa: PLC0415 - late, as above
    from evalkit.reports.outline.names import unit_names  # noqa: PLC0415 - late, as above
    from evalkit.reports.outline.sheet import plain  # noqa: PLC0415 - late, as above

    chosen = language()
    as_json = output_format == "json"
    evaluation = open_run(run, chosen, as_json=as_json, allow_plugins=allow_plugins)
    try:
        ranking = rank_by(evaluation, known_node(evaluation, node), group)
    except (UnknownNameError, UnknownGroupError) as error:
        refuse([error.problem], chosen, as_json=as_json)
    names = unit_names(evaluation)
    shown = ranking if top is None else ranking[ranking["rank"] <= top]
    columns = ["rank", "unit", "name", "score", "rank_low", "rank_high", "tied_with"]
    columns += ["interval"] if intervals and "interval" in shown.columns else []
    shown = shown.assign(name=shown["unit"].map(names))
    columns += [name for name in CHANGE if name in shown.columns]
    rows = [[plain(value) for value in row] for row in shown[columns].itertuples(index=False, name=None)]
    sets = {} if best is None else best_units(ranking, best)
    if as_json:
        named = [dict(zip(columns, row, strict=True)) for row in rows]
        document = {"run": str(run), "node": node or evaluation.root, "group": group, "ranking": named}
        print_json(document | ({"best": sets or None} if best is not None else {}), [], chosen)
    elif output_format == "csv":
        print_csv(columns, rows)
    else:
        print_ranking(evaluation, shown, chosen, intervals=intervals or best is not None)
        if best is not None:
            for line in best_lines(sets, best, names, chosen):
                click.echo(line)
    sys.exit(0)
