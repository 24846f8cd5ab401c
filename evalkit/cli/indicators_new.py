"""``evalkit indicators new``: twin of ``reports.indicators_starter``."""

from __future__ import annotations

from pathlib import Path

import click

from evalkit.cli.command import EvalkitCommand, language, language_option
from evalkit.cli.finished import refuse
from evalkit.cli.main import USAGE
from evalkit.messages import word


@click.command(cls=EvalkitCommand, key="indicators new")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--extends", "base")
@language_option
def new(path: Path, base: str | None) -> None:
    """Start an indicator set."""
    from evalkit.definitions.indicator_files import open_indicators  # noqa: PLC0415 - late: loads pydantic
    from evalkit.problems import Place, problem  # noqa: PLC0415 - beside the others
    from evalkit.reports.indicators_starter import write_extension, write_indicators  # noqa: PLC0415 - late, as above

    chosen, place = language(), Place(file=str(path))
    if path.exists():
        refuse([problem("EK354", place, path=path)], chosen, as_json=False, code=USAGE)
    try:
        if base is None:
            write_indicators(path)
        else:
            loaded, problems = open_indicators(base)
            if loaded is None:
                refuse(problems, chosen, as_json=False)
            branches = list(loaded.indicators.walk())
            leaf = next(each for each in branches if each.node.is_indicator)
            group = leaf.parent.id if leaf.parent is not None else leaf.node.id
            write_extension(path, base, node=leaf.node.id, group=group)
    except OSError as error:
        refuse([problem("EK005", place, path=path, reason=error.strerror or "")], chosen, as_json=False)
    click.echo(word("study_made", chosen, path=path))
    click.echo(f"{word('next_steps', chosen)}:")
    shown = f'"{path}"' if " " in str(path) else str(path)
    click.echo(f"  evalkit indicators show {shown}")
    click.echo(f"  {word('name_the_set', chosen, path=path)}")
