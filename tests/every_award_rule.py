"""A small study whose award schemes use every rule that goes by scores, with many ties, gaps and gates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from tests.small_studies import TREE, values_study, write_yaml

UNITS = 60


def award(name: str, rule: dict[str, Any], **keys: Any) -> dict[str, Any]:  # noqa: ANN401 - any key of an award
    return {"id": name, "name": name, "rule": rule, **keys}


def division(by: str, cuts: list[dict[str, Any]], **keys: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    blocks = [
        {"id": f"{by[:2]}-{keys.get('ties', 'x')}{number}", "name": str(number), **cut}
        for number, cut in enumerate(cuts)
    ]
    return {"method": "blocks", "by": by, "blocks": blocks, **keys}


SCHEMES: list[dict[str, Any]] = [
    {
        "id": "ladder", "version": "1", "name": "ladder", "one_rung": True,
        "gates": {"veto": [{"name": "accident", "column": "accident", "values": ["yes"]}]},
        "awards": [
            award("best", {"method": "top", "count": 3, "tie_break": ["A", "B1"]}, minimum={"B": 20}),
            award("first", {"method": "top", "count": 1, "within": "class", "ties": "leave"}, least_units=4),
            award("few", {"method": "top", "percent": 18.4, "rounding": "up", "within": "class", "count_from": "all"}),
            award("beside", {"method": "top", "percent": 10, "rounding": "nearest"}, node="B", beside=True),
            award("steady", {"method": "band", "low": 40, "high": 80, "closed": "both"}),
            award("other", {"method": "band", "high": 40, "closed": "neither"}, eligible={"class": ["c0", "c1"]}),
        ],
    },
    {
        "id": "blocks", "version": "1", "name": "blocks",
        "gates": {"veto": [{"name": "low", "node": "A", "below": 20}], "sample": {"minimum": 3, "column": "calls"}},
        "awards": [
            award("share", division("share", [{"percent": 41.43}, {"percent": 34.86}, {}], ties="up", vetoed="sh-up2")),
            award("places", division("places", [{"count": 5}, {"count": 9}, {}], within="class", ties="down")),
            award("unset", division("places", [{"count": 20}, {}, {}])),
            award("scores", division("score", [{"above": 80}, {"at_least": 80}, {}, {"at_least": 40}, {}])),
            award("breaks", division("natural_breaks", [{}, {}])),
        ],
    },
]  # fmt: skip


def award_study(folder: Path) -> Path:
    """Write the study."""
    rng = np.random.default_rng(20201101)
    cells = np.where(rng.random((UNITS, 3)) < 0.05, "", (rng.integers(0, 6, (UNITS, 3)) * 20).astype(str))
    units = [f"U{number:02}" for number in range(UNITS)]
    register = [
        ("unit", "name", "class", "accident", "calls"),
        *((u, u, f"c{n % 4}" if n % 9 else "", "yes" if n % 7 == 3 else "", str(n % 11)) for n, u in enumerate(units)),
    ]
    values = [("unit", "a1", "a2", "b1"), *((unit, *row) for unit, row in zip(units, cells.tolist(), strict=True))]
    names = [f"{scheme['id']}.yaml" for scheme in SCHEMES]
    for name, scheme in zip(names, SCHEMES, strict=True):
        write_yaml(folder / name, scheme)
    options = {"normalise": {"method": "none"}}
    return values_study(folder, values, tree=TREE, register=register, defaults=options, awards=names)
