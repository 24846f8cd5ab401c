"""What kind of value a formula over records gives, and what cannot be put together."""

from __future__ import annotations

import re

import pytest

from evalkit.definitions.expression import parse
from evalkit.definitions.expression_kinds import KindError, kind_of

KINDS = {
    "received": "time", "closed": "time", "due": "time", "wait": "number", "calls": "number", "visited": "yes_no",
    "satisfaction": "category",
}  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        ("wait + 2 * calls", "number"),
        ("closed - received", "span"),
        ("received + (closed - received)", "time"),
        ("(closed - received) / 2", "span"),
        ("(closed - received) / (due - received)", "number"),
        ("hours(closed - received)", "number"),
        ("-wait", "number"),
        ("closed <= due and not visited", "truth"),
        ("due is known", "truth"),
        ("satisfaction = good or satisfaction != “很好”", "truth"),
        ("visited = yes", "truth"),
        ("max(closed, due)", "time"),
        ("mean(wait, calls)", "number"),
        ("if(visited, wait, 0)", "number"),
        ("abs(closed - due)", "span"),
    ],
)
def test_kinds_that_fit(formula: str, kind: str) -> None:
    assert kind_of(parse(formula, of_records=True), KINDS) == kind


@pytest.mark.parametrize(
    "formula",
    [
        "closed <= 24", "closed - received <= 24", "closed + due", "wait * closed", "hours(wait)", "not wait",
        "visited + 1", "wait = good", "satisfaction + 1", "closed and visited", "if(wait, 1, 2)", "min(wait, closed)",
        "sum(closed, due)", "satisfaction = (visited)", "1 / (closed - received)",
    ],
)  # fmt: skip
def test_kinds_that_do_not_fit_are_told_in_both_languages(formula: str) -> None:
    with pytest.raises(KindError) as raised:
        kind_of(parse(formula, of_records=True), KINDS)
    assert re.search(r"[一-鿿]", raised.value.zh)
    assert raised.value.en == str(raised.value)
