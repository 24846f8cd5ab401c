"""The rows of a call sheet put together by rating: one row a rating, or one row an item of a rating."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from evalkit.definitions.protocol import Protocol
from evalkit.definitions.questionnaire import spelling
from evalkit.messages.nearest import listed, suggestion
from evalkit.problems import Place, Problem, problem
from evalkit.sources.audit_columns import Columns, item_names
from evalkit.sources.tables import Table


class Entered(NamedTuple):
    """Text of an answer with the line and the column where it stands, as :meth:`Table.at` takes them."""

    text: str
    line: int
    column: int


@dataclass(slots=True)
class Row:
    """What describes a rating, trimmed, the line of its first row, and its answers by item."""

    fields: dict[str, str]
    line: int
    answers: dict[str, Entered] = field(default_factory=dict)

    @property
    def is_made(self) -> bool:
        """Whether the call was made: there is an outcome or an answer."""
        return bool(self.fields["outcome"]) or any(each.text.strip() for each in self.answers.values())

    def place(self, name: str, table: Table, columns: Columns) -> Place:
        """Return where a field stands."""
        return table.at(self.line, columns.fields[name])


def rows_of(table: Table, columns: Columns, protocol: Protocol) -> tuple[list[Row], list[Problem]]:
    """Return the ratings of a sheet. With one row an item: EK602 no such item, EK613 an item answered twice."""
    if columns.by_item:
        return _rows_of_items(table, columns, protocol)
    items = columns.items.items()
    rows = []
    for line, cells in table.rows:
        fields = {name: cells[position].strip() for name, position in columns.fields.items()}
        rows.append(Row(fields, line, {item: Entered(cells[at], line, at) for item, at in items}))
    return rows, []


def _rows_of_items(table: Table, columns: Columns, protocol: Protocol) -> tuple[list[Row], list[Problem]]:
    """Put together the rows whose fields are the same, but for the item and the answer."""
    about = {name: at for name, at in columns.fields.items() if name not in {"item", "answer"}}
    item_at, answer_at = columns.fields["item"], columns.fields["answer"]
    names = item_names(protocol)
    code_of = cache(lambda text: names.get(spelling(text)))
    described = itemgetter(*about.values())
    together: dict[tuple[str, ...], Row] = {}
    as_entered: dict[tuple[str, ...], Row] = {}
    problems: list[Problem] = []
    for line, cells in table.rows:
        entered = described(cells)
        row = as_entered.get(entered)
        if row is None:
            key = tuple(map(str.strip, entered))
            row = as_entered[entered] = together.setdefault(key, Row(dict(zip(about, key, strict=True)), line))
        name, item = cells[item_at], code_of(cells[item_at])
        if item is None:
            problems += _unknown(name, names, table.at(line, item_at))
        elif item in row.answers:
            problems.append(problem("EK613", table.at(line, item_at), call=row.fields["call"], item=name.strip()))
        else:
            row.answers[item] = Entered(cells[answer_at], line, answer_at)
    return list(together.values()), problems


def _unknown(text: str, names: dict[str, str], place: Place) -> Iterator[Problem]:
    """Yield the finding that there is no such item; a row without one says nothing."""
    if name := text.strip():
        about = {"what_zh": "评分项", "what_en": "item", "name": name}
        near = suggestion(name, names.values())
        yield problem("EK602", place, **about, allowed=listed(dict.fromkeys(names.values())), **near)
