"""``evalkit indicators diff``: twin of ``definitions.comparison``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from evalkit.cli.command import EvalkitCommand, format_option, language, language_option
from evalkit.cli.finished import refuse
from evalkit.cli.output import print_csv, print_json, print_table
from evalkit.messages import Language, word

if TYPE_CHECKING:
    from evalkit.definitions.comparison import Change, Lost
    from evalkit.definitions.indicators import IndicatorSet

_COLUMNS = ("node", "name_zh", "name_en", "change", "before", "after", "effective_before", "effective_after")


@click.command(cls=EvalkitCommand, key="indicators diff")
@click.argument("a")
@click.argument("b")
@format_option("text", "json", "csv")
@language_option
def diff(a: str, b: str, output_format: str) -> None:
    """Say what changed between two versions of an indicator set."""
    from evalkit.definitions.comparison import changes, essences, lost_scores  # noqa: PLC0415 - late: loads pydantic
    from evalkit.definitions.indicator_files import open_indicators  # noqa: PLC0415 - late, as above
    from evalkit.definitions.recipe import resolve  # noqa: PLC0415 - late, as above
    from evalkit.definitions.study import RecipeOverrides  # noqa: PLC0415 - late, as above

    chosen = language()
    (old, problems), (new, more) = open_indicators(a), open_indicators(b)
    problems += more
    if old is None or new is None:
        refuse(problems, chosen, as_json=output_format == "json")
    recipes = [resolve(each.indicators, RecipeOverrides()) for each in (old, new)]
    found = changes(*recipes)
    lost = lost_scores(*(essences(recipe) for recipe in recipes))
    kept = [node.id for node in recipes[1].nodes if node.id in recipes[0].by_id and node.id not in lost]
    if output_format == "json":
        document = {
            "a": _version(old.indicators),
            "b": _version(new.indicators),
            "changes": [dict(zip(_COLUMNS, _row(each), strict=True)) for each in found],
            "not_comparable": [{"node": each.node, "why": each.why, "below": each.below} for each in lost.values()],
            "comparable": kept,
        }
        print_json(document, problems, chosen)
    elif output_format == "csv":
        names = {node.id: node.name for node in recipes[1].nodes}
        rows = [_row(each) for each in found]
        for each in lost.values():
            why = ", ".join((*each.why, *each.below))
            rows.append([each.node, names[each.node].zh, names[each.node].en, "not_comparable", "", why, None, None])
        print_csv(_COLUMNS, rows)
    else:
        click.echo(f"{_title(old.indicators, chosen)}\n{_title(new.indicators, chosen)}")
        _print_changes(found, chosen)
        _print_lost(list(lost.values()), kept, chosen)


def _version(indicators: IndicatorSet) -> dict[str, str]:
    return {"id": indicators.id, "version": indicators.version, "sha256": indicators.fingerprint}


def _title(indicators: IndicatorSet, chosen: Language) -> str:
    return f"{indicators.id} {indicators.version}  {indicators.name.say(chosen)}"


def _row(change: Change) -> list[Any]:
    weights = (change.effective_before, change.effective_after)
    return [change.node, change.name.zh, change.name.en, change.kind, change.before, change.after, *weights]


def _print_changes(found: list[Change], chosen: Language) -> None:
    if not found:
        click.echo(word("no_change", chosen))
        return
    keys = ("node", "name", "change", "before", "after", "effective_before", "effective_after")
    rows = [
        [
            each.node,
            each.name.say(chosen),
            word(f"change_{each.kind}", chosen),
            each.before,
            each.after,
            _percent(each.effective_before),
            _percent(each.effective_after),
        ]
        for each in found
    ]
    print_table([word(key, chosen) for key in keys], rows, numeric=frozenset({5, 6}))


def _percent(weight: float | None) -> str:
    return "-" if weight is None else f"{weight:.2%}"


def _print_lost(lost: list[Lost], kept: list[str], chosen: Language) -> None:
    if not lost:
        click.echo(word("all_comparable", chosen, count=len(kept)))
        return
    click.echo(f"{word('not_comparable', chosen)}:")
    for each in lost:
        click.echo(f"  {each.node}: {lost_reasons(each, chosen)}")
    click.echo(word("still_comparable", chosen, count=len(kept), nodes=", ".join(kept) or "-"))


def lost_reasons(each: Lost, chosen: Language) -> str:
    """Return why a score is no longer comparable, in words."""
    reasons = [word(f"lost_{why}", chosen) for why in each.why]
    if each.below:
        reasons.append(word("lost_below", chosen, nodes=", ".join(each.below)))
    return "; ".join(reasons)
