"""``evalkit explain``: twin of ``evalkit.explain``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evalkit.cli.command import EvalkitCommand, format_option, language, language_option, plugins_option
from evalkit.cli.explain_records import record_lines
from evalkit.cli.finished import open_run, refuse
from evalkit.cli.main import DONE, FINDINGS
from evalkit.cli.output import print_json
from evalkit.messages import Language, choose, word
from evalkit.problems import cell_name

if TYPE_CHECKING:
    from evalkit.explanation import CellRange, CellStep, EvidenceStep, Explanation, PartStep, Step


@click.command(cls=EvalkitCommand, key="explain")
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("unit")
@click.argument("node", required=False)
@format_option("text", "json")
@plugins_option
@language_option
def explain(run: Path, unit: str, node: str | None, output_format: str, *, allow_plugins: bool) -> None:
    """Explain a unit's score."""
    from evalkit.explanation import UnknownNameError  # noqa: PLC0415 - late: loads pandas
    from evalkit.explanation import explain as explain_score  # noqa: PLC0415 - late, as above

    chosen = language()
    as_json = output_format == "json"
    evaluation = open_run(run, chosen, as_json=as_json, allow_plugins=allow_plugins)
    try:
        explanation = explain_score(evaluation, unit, node)
    except UnknownNameError as error:
        refuse([error.problem], chosen, as_json=as_json)
    if as_json:
        print_json(explanation.as_dict(), [], chosen)
    else:
        for line in lines(explanation, chosen):
            click.echo(line)
    sys.exit(DONE if explanation.adds_up else FINDINGS)


def lines(explanation: Explanation, language: Language) -> Iterator[str]:
    """Yield an explanation as indented text."""
    yield f"{explanation.unit} {explanation.name}"
    yield from _step_lines(explanation.step, language, 0, top=True)
    yield word("adds_up" if explanation.adds_up else "does_not_add_up", language)
    if _has_plug_in(explanation.step):
        yield word("plug_ins_taken", language)


def _has_plug_in(step: Step) -> bool:
    return step.method.startswith("plugin") or any(_has_plug_in(child) for child in step.children)


def _step_lines(step: Step, language: Language, depth: int, *, top: bool = False) -> Iterator[str]:
    indent = "  " * depth
    score = word("no_score", language) if step.score is None else f"{step.score:.4f}"
    facts = [] if top else [word("of_parent", language, weight=f"{step.weight:.4f}")]
    if step.contribution is not None and not top:
        facts.append(word("contributes", language, contribution=f"{step.contribution:.4f}"))
    if step.rank is not None:
        facts.append(word("rank_of", language, rank=f"{step.rank:g}", count=step.ranked))
    if step.coverage < 1:
        facts.append(f"{word('coverage', language)} {step.coverage:.1%}")
    name = choose(language, step.name_zh, step.name_en)
    mark = "" if step.adds_up else "[!] "
    yield f"{indent}{mark}{step.node} {name} = {score}" + (f"   ({'; '.join(facts)})" if facts else "")
    if step.raw_value is not None:
        value = word("raw_value", language, value=f"{step.raw_value:g}")
        yield f"{indent}  {value} -> {step.method}"
    elif step.status:
        yield f"{indent}  {word(f'status_{step.status}', language)}"
    if step.records is not None:
        for line in record_lines(step.records, language):
            yield f"{indent}    {line}"
    for part in step.parts:
        yield from _part_lines(part, language, depth + 1)
    for child in step.children:
        yield from _step_lines(child, language, depth + 1)


def _part_lines(part: PartStep, language: Language, depth: int) -> Iterator[str]:
    indent = "  " * depth
    value = word(f"status_{part.status}", language) if part.value is None else f"{part.value:g}"
    weight = "" if part.weight == 1 else f" x {part.weight:.4f}"
    yield f"{indent}{f'{part.question} {part.rule}'.strip()}: {value}{weight}"
    if part.respondents:
        counts = {"n": part.n, "base": part.base, "n_eff": f"{part.n_eff or 0:.1f}"}
        yield f"{indent}  {word('respondents_behind', language, rule=part.respondents, **counts)}"
    sums = {each.after: each for each in part.ranges}
    for number, cell in enumerate(part.cells, start=1):
        yield f"{indent}  {_cell_line(cell, language)}"
        if number in sums:
            yield f"{indent}  {_sum_line(sums[number], language)}"
    for proof in part.evidence:
        yield f"{indent}  {word('evidence', language)} “{proof.text}”   {_place(proof)}"


def _place(step: CellStep | EvidenceStep) -> str:
    return f"{step.file} {cell_name(step.sheet, step.cell)}".rstrip()


def _sum_line(each: CellRange, language: Language) -> str:
    present = {status: count for status, count in each.statuses.items() if count}
    statuses = ", ".join(f"{word(f'status_{status}', language)} {count}" for status, count in present.items())
    return word("cells_more", language, count=each.count, statuses=statuses, ids=each.rows)


def _cell_line(cell: CellStep, language: Language) -> str:
    place = _place(cell)
    name = cell.question + (f".{cell.item}" if cell.item else "")
    name += f" [{cell.respondent}]" if cell.respondent else ""
    status = word(f"status_{cell.status}", language)
    if cell.correction:
        value = cell.value if cell.status == "ok" else status
        said = word("corrected", language, raw=cell.raw, value=value, why=cell.why)
    else:
        read = f"“{cell.raw}”"
        said = f"{read} = {cell.value}" if cell.status == "ok" else f"{read} {status}" if cell.raw else status
    return f"{name} {said}   {place}"
