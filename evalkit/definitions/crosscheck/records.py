"""Measures of work orders and call records against the sources that the study names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evalkit.definitions.crosscheck.context import Context
from evalkit.definitions.expression import Expression, Option, choices, names
from evalkit.definitions.expression_kinds import KINDS_EN, KINDS_ZH, Kind, KindError, kind_of
from evalkit.definitions.questionnaire import spelling
from evalkit.definitions.records import RecordColumn, RecordMeasure, RecordSource
from evalkit.messages.nearest import listed, suggestion
from evalkit.problems import Place, Problem, problem


def check_records(context: Context) -> Iterator[Problem]:
    """Find sources, columns and options that do not exist, and formulas that give no number or no condition.

    Without a study nothing is known of its records, and nothing is said.
    """
    if context.study is None:
        return
    sources = context.study[0].data.records
    tree, document = context.indicators
    for branch in tree.walk():
        measure = None if branch.node.measure is None else branch.node.measure.records
        if measure is None:
            continue
        way = (*branch.loc, "measure", "records")
        source = sources.get(measure.of)
        if source is None:
            near = suggestion(measure.of, sources)
            about = {"node": branch.node.id, "source": measure.of, "allowed": listed(sources) or "-"}
            yield problem("EK801", document.place((*way, "of")), **about, **near)
            continue
        for inner, formula in measure.formulas.items():
            yield from _faults(formula, inner, measure, source, document.place((*way, *inner)))


def _faults(
    formula: Expression, way: tuple[str, ...], measure: RecordMeasure, source: RecordSource, place: Place
) -> Iterator[Problem]:
    unknown = [name.key for name in names(formula) if name.key not in source.kinds]
    for name in dict.fromkeys(unknown):
        about = {"source": measure.of, "name": name, "allowed": listed(source.kinds)}
        yield problem("EK802", place, **about, **suggestion(name, source.kinds))
    if unknown:
        return
    try:
        _require(formula, "truth" if way[0] in {"share", "count", "among"} else "number", way[-1], source.kinds)
    except KindError as error:
        yield problem("EK803", place, reason_zh=error.zh, reason_en=error.en)
        return
    for name, option in dict.fromkeys((name.key, option) for name, option in choices(formula)):
        column = source.columns.get(name)
        if column is not None and column.codes and option_of(column, option) is None:
            near = suggestion(option.text, column.codes)
            yield problem("EK804", place, name=name, option=option.text, allowed=listed(column.codes), **near)


def _require(formula: Expression, wanted: Kind, key: str, kinds: Mapping[str, str]) -> None:
    found = kind_of(formula, kinds)
    if found != wanted:
        raise KindError(
            f"{key} 应为{KINDS_ZH[wanted]},公式给出的是{KINDS_ZH[found]}",
            f"{key} takes {KINDS_EN[wanted]}, the formula gives {KINDS_EN[found]}",
        )


def option_of(column: RecordColumn, option: Option) -> str | None:
    """Return the code of the option that a formula names by its code or by one of its texts."""
    wanted = spelling(option.text)
    codes = (code for code in column.codes if wanted in map(spelling, (code, *column.options.get(code, ()))))
    return next(codes, None)
