"""``evalkit plan``: twin of ``plan_study`` in evaluate and ``write_plan`` in reports."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evalkit.cli.command import EvalkitCommand, format_option, language, language_option
from evalkit.cli.finished import refuse
from evalkit.cli.main import DONE, FINDINGS, UNREADABLE
from evalkit.cli.output import print_findings, print_json
from evalkit.messages import Language, word

if TYPE_CHECKING:
    from evalkit.evaluate.planning import Planned

_SHEETS = ("excel", "xlsform", "both")


@click.command(cls=EvalkitCommand, key="plan")
@click.argument("study", type=click.Path(path_type=Path))
@click.option("--auditors", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option("--calls", type=click.IntRange(1, 1000), default=11, show_default=True)
@click.option("--reserves", type=click.IntRange(0, 100), default=1, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True)
@click.option("--sd-units", type=click.FloatRange(0), default=5.0, show_default=True)
@click.option("--sd-calls", type=click.FloatRange(0), default=12.0, show_default=True)
@click.option("--margin", type=click.FloatRange(0, min_open=True), default=5.0, show_default=True)
@click.option("--sheets", type=click.Choice(_SHEETS), default=_SHEETS[0], show_default=True)
@format_option("text", "json")
@language_option
def plan(
    *,
    study: Path,
    auditors: Path,
    out: Path,
    output_format: str,
    calls: int,
    reserves: int,
    seed: int,
    sd_units: float,
    sd_calls: float,
    margin: float,
    sheets: str,
) -> None:
    """Plan mystery calls."""
    from evalkit.definitions.bundle import load_bundle  # noqa: PLC0415 - late: loads pydantic
    from evalkit.evaluate.plan_request import Options  # noqa: PLC0415 - late: loads numpy
    from evalkit.evaluate.planning import plan_study  # noqa: PLC0415 - late: loads scipy
    from evalkit.problems import has_errors  # noqa: PLC0415 - beside the others
    from evalkit.reports.plan_files import SHEETS, write_plan  # noqa: PLC0415 - late: loads XlsxWriter

    chosen, as_json = language(), output_format == "json"
    bundle, problems = load_bundle(study)
    if bundle is None:
        refuse(problems, chosen, as_json=as_json, code=UNREADABLE)
    options = Options(calls, seed, reserves, sd_units, sd_calls, margin)
    planned, more = plan_study(bundle, auditors, options)
    problems += more
    count = 0
    if planned is not None and bundle.protocol is not None:
        wanted = next(each for each in SHEETS if each == sheets)
        count, more = write_plan(planned, bundle.protocol[0], out, language=chosen, sheets=wanted)
        problems += more
    if as_json:
        print_json({} if planned is None else _document(planned), problems, chosen)
    else:
        if problems:
            print_findings(problems, chosen)
        if planned is not None:
            _print(planned, options.margin, chosen)
        if count:
            click.echo(word("plan_written", chosen, path=out, count=count))
    sys.exit(FINDINGS if has_errors(problems) else DONE)


def _document(planned: Planned) -> dict[str, object]:
    design = {
        "components": planned.connection.components,
        "connectivity": planned.connection.connectivity,
        "efficiency": planned.connection.efficiency,
        "auditors_a_unit": planned.auditors_a_unit,
    }
    ratings = [asdict(rating) for rating in planned.ratings]
    return {"plan": ratings, "design": design, "forecast": asdict(planned.forecast)}


def _print(planned: Planned, margin: float, chosen: Language) -> None:
    roles = [rating.role for rating in planned.ratings]
    counts = {role: roles.count(role) for role in ("first", "second", "reserve")}
    click.echo(word("plan_counts", chosen, **counts))
    _print_dates(planned, chosen)
    design = planned.connection
    numbers = {"connectivity": f"{design.connectivity:.3f}", "efficiency": f"{design.efficiency:.3f}"}
    click.echo(word("plan_design", chosen, auditors=planned.auditors_a_unit, parts=design.components, **numbers))
    forecast = planned.forecast
    click.echo(
        word(
            "plan_forecast",
            chosen,
            calls=f"{forecast.calls:g}",
            rate=f"{100 * forecast.rate_margin:.1f}",
            score=f"{forecast.score_margin:.1f}",
            reliability=f"{forecast.reliability:.2f}",
            wrong=f"{100 * forecast.wrong_tiers:.0f}",
        )
    )
    click.echo(word("plan_needed", chosen, margin=f"{margin:g}", needed=forecast.calls_needed))


def _print_dates(planned: Planned, chosen: Language) -> None:
    calls = [rating for rating in planned.ratings if rating.role == "first" and rating.date]
    days = sorted({call.date for call in calls})
    if not days:
        return
    busiest = {
        name: max(Counter((getattr(call, name), call.date) for call in calls).values()) for name in ("auditor", "unit")
    }
    click.echo(word("plan_dates", chosen, first=days[0], last=days[-1], days=len(days), **busiest))
