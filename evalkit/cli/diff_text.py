"""A difference of two runs on the terminal: a summary, then the top rows of each kind of change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from evalkit.cli.indicators_diff import lost_reasons
from evalkit.cli.output import print_table
from evalkit.messages import Language, word

if TYPE_CHECKING:
    from evalkit.comparison import Difference
    from evalkit.evaluate import Evaluation


def print_difference(
    before: Evaluation, after: Evaluation, found: Difference, chosen: Language, *, node: str, most: int
) -> None:
    """Print what changed, at most so many rows of each kind; scores and ranks at ``node`` in the whole field."""
    from evalkit.reports.outline.names import award_names, node_names, unit_names  # noqa: PLC0415 - late: loads pandas

    if found.same:
        click.echo(word("diff_same", chosen))
        return
    counts = {name: len(table) for name, table in found.tables.items()}
    stated = {"choices": len(found.choices), "inputs": len(found.inputs), "tolerance": f"{found.tolerance:g}"}
    click.echo(word("diff_counts", chosen, **stated, **counts))
    printer = _Printer(chosen, most)
    _print_stated(found, printer)
    if found.not_comparable:
        click.echo(f"\n{word('not_comparable', chosen)}:")
        for each in found.not_comparable.values():
            click.echo(f"  {each.node}: {lost_reasons(each, chosen)}")
    units = unit_names(before) | unit_names(after)
    label = (node_names(before, chosen) | node_names(after, chosen)).get(node, node)
    _print_answers(found, printer, units)
    _print_scores(found.at(node), printer, units, label)
    _print_awards(found, printer, units, award_names(before, chosen) | award_names(after, chosen))


def _print_stated(found: Difference, printer: _Printer) -> None:
    """Print choices with their values, files, units and nodes by what became of them."""
    rows = [[key, *("-" if each is None else each for each in pair)] for key, pair in found.choices.items()]
    printer.show("diff_choices", ("diff_key", "before", "after"), rows)
    for title, pairs in (("diff_inputs", found.inputs), ("diff_units", found.units), ("diff_nodes", found.nodes)):
        rows = [[key, word(_became(*pair), printer.language)] for key, pair in pairs.items()]
        printer.show(title, ("name", "change"), rows)


def _became(before: str | None, after: str | None) -> str:
    return "diff_only_after" if before is None else "diff_only_before" if after is None else "diff_changed"


def _print_answers(found: Difference, printer: _Printer, units: dict[str, str]) -> None:
    from evalkit.comparison.listing import answers, cells, of_answer  # noqa: PLC0415 - late: loads pandas

    rows = []
    for row in found.answers.head(printer.most).to_dict("records"):
        cell = next(filter(None, reversed(cells(row))), "")
        question = " ".join(filter(None, (row["question"], of_answer(row))))
        pair = ("-" if each is None else each for each in answers(row))
        rows.append([row["unit"], units[row["unit"]], question, *pair, cell])
    keys = ("unit", "name", "question", "before", "after", "diff_cell")
    printer.show("diff_answers", keys, rows, count=len(found.answers))


def _print_scores(found: Difference, printer: _Printer, units: dict[str, str], label: str) -> None:
    """Print scores and, in the whole field, ranks, the largest changes first."""
    from evalkit.comparison.listing import SIDES  # noqa: PLC0415 - late: loads pandas

    start, numeric = ("unit", "name", "before", "after"), (2, 3, 4)
    rows = [
        [row["unit"], units[row["unit"]], *(_score(row[f"score_{side}"]) for side in SIDES), _signed(row["change"])]
        for row in found.scores.sort_values("change", key=abs, ascending=False, kind="stable").to_dict("records")
    ]
    printer.show("diff_scores", (*start, "diff_difference"), rows, about=label, numeric=numeric)
    rows = [
        [row["unit"], units[row["unit"]], _rank(row["rank_before"]), _rank(row["rank_after"]), _moved(row["moved"])]
        for row in found.ranks[found.ranks["group"] == ""].to_dict("records")
    ]
    printer.show("diff_ranks", (*start, "diff_moved"), rows, about=label, numeric=numeric)


def _print_awards(
    found: Difference, printer: _Printer, units: dict[str, str], awards: dict[tuple[str, str], str]
) -> None:
    from evalkit.comparison.listing import awarded  # noqa: PLC0415 - late: loads pandas

    rows = []
    for row in found.awards.to_dict("records"):
        before, after = awarded(row)
        said = f"{before} -> {after}" if row["in"] == "both" else word(_GAINED[row["in"]], printer.language)
        rows.append([row["unit"], units[row["unit"]], awards[row["scheme"], row["award"]], row["group"], said])
    printer.show("diff_awards", ("unit", "name", "award", "peer_group", "change"), rows)


_GAINED = {"before": "diff_lost", "after": "diff_gained"}


@dataclass(frozen=True, slots=True)
class _Printer:
    """Prints tables in a language, of each the first rows, at most ``most``."""

    language: Language
    most: int

    def show(
        self,
        title: str,
        keys: Sequence[str],
        rows: list[list[Any]],
        *,
        about: str = "",
        numeric: Sequence[int] = (),
        count: int | None = None,
    ) -> None:
        """Print a titled table, with how many rows more there are of ``count`` (all ``rows``); nothing without rows."""
        if not rows:
            return
        click.echo(f"\n{word(title, self.language)}" + (f" ({about})" if about else ""))
        columns = [word(key, self.language) for key in keys]
        print_table(columns, rows[: self.most], numeric=frozenset(numeric))
        if (more := (len(rows) if count is None else count) - self.most) > 0:
            click.echo(word("diff_more", self.language, count=more))


def _score(value: float) -> str:
    return "-" if value != value else f"{value:.2f}"  # noqa: PLR0124 - NaN differs from itself


def _signed(value: float) -> str:
    return "-" if value != value else f"{value:+.2f}"  # noqa: PLR0124 - as above


def _rank(value: float) -> str:
    return "-" if value != value else f"{value:g}"  # noqa: PLR0124 - as above


def _moved(places: float) -> str:
    return "-" if places != places else f"▲{places:g}" if places > 0 else f"▼{-places:g}"  # noqa: PLR0124 - as above
