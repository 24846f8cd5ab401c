"""What the page's own engine computes from: the tree, the indicators' scores in full precision, the official ranks."""

from __future__ import annotations

import json
from typing import Any

from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.replay import is_replayable
from evalkit.evaluate.wide_scores import wide_scores
from evalkit.messages import Language, word
from evalkit.reports.outline.names import node_names, unit_names
from evalkit.reports.outline.sheet import plain, records
from evalkit.reports.page.award_trial import award_trial

_WORDS = (
    "page_shown", "page_tried", "page_official_state", "page_unofficial", "page_self_check_failed", "page_no_weight",
    "page_link_copied", "page_award_changes", "page_tried_weights", "rank", "unit", "name", "score", "awards",
)  # fmt: skip
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def payload(evaluation: Evaluation, units: list[str], language: Language) -> dict[str, Any]:
    """Return the data of the page as plain values; ``units`` in the order of the rows of its table.

    ``nodes`` stand parents first, ``parent`` is an index into them, −1 for the root; ``scores`` has for each node the
    indicator's scores over ``units``, nothing for nodes above; ``index`` and ``ranks`` are the official ones. No value
    is ``None``: a unit without it. A tree that is not ``replayable`` has no sliders. ``schemes`` are those
    of :func:`evalkit.reports.page.award_trial.award_trial`.
    """
    nodes = records(evaluation["nodes"])
    names, labels = unit_names(evaluation), node_names(evaluation, language)
    positions = {row["node"]: number for number, row in enumerate(nodes)}
    wide = wide_scores(evaluation).loc[units]
    ranking = evaluation.ranking()
    ranks = dict(zip(ranking["unit"], ranking["rank"], strict=True))
    choices = evaluation.manifest["recipe"]
    return {
        "study": evaluation.manifest["study"]["study"],
        "replayable": is_replayable(evaluation),
        "ties": choices["ties"],
        "tolerance": choices["tie_tolerance"],
        "nodes": [
            {
                "id": row["node"],
                "name": labels[row["node"]],
                "parent": positions.get(row["parent"], -1),
                "share": row["share"],
                "aggregate": row["aggregate"],
                "missing": row["missing"],
                "minimum": plain(row["min_coverage"]),
            }
            for row in nodes
        ],
        "units": units,
        "names": [names[unit] for unit in units],
        "scores": [_values(wide[row["node"]]) if row["measure"] else None for row in nodes],
        "index": _values(wide[evaluation.root]),
        "ranks": [plain(ranks.get(unit)) for unit in units],
        "schemes": award_trial(evaluation, units, language),
        "words": {key: word(key, language, **_slots(key)) for key in _WORDS},
    }


def as_script(data: dict[str, Any]) -> str:
    """Return the data as JSON that can stand in a ``script`` element: no character of it can end the element."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_ESCAPES)


def _values(column: Any) -> list[float | None]:  # noqa: ANN401 - a column of a data frame
    return [plain(value) for value in column.tolist()]


def _slots(key: str) -> dict[str, str]:
    """Keep the placeholders for the page, which fills them."""
    slots = {
        "page_shown": ("shown", "all"),
        "page_tried": ("moved", "most", "tau"),
        "page_award_changes": ("changed",),
        "page_tried_weights": ("weights", "method"),
    }
    return {name: f"{{{name}}}" for name in slots.get(key, ())}
