"""Auditors who are far from their colleagues on the calls that they shared."""

from __future__ import annotations

import numpy as np

from evalkit.audits.colleagues import colleague_differences
from evalkit.calls import Calls
from evalkit.problems import Problem, problem
from evalkit.scoring.audit_measures import MeasuredCalls

_CHANCE = 0.01  # that any auditor of a study is reported though all are alike
_LEAST = 5  # shared calls from which an auditor is compared


def far_from_colleagues(node: str, found: MeasuredCalls, calls: Calls) -> list[Problem]:
    """Return a note (EK669) for each auditor whose scores on shared calls differ from the others' beyond chance."""
    known = [row for row in np.flatnonzero(~np.isnan(found.scores)).tolist() if calls.ratings[row].auditor]
    codes: dict[str, int] = {}
    auditor = np.array([codes.setdefault(calls.ratings[row].auditor, len(codes)) for row in known], dtype=np.int64)
    differences = colleague_differences(calls.call[known], auditor, found.scores[known], len(codes))
    compared = differences.calls >= _LEAST
    far = compared & (differences.p < _CHANCE / max(int(compared.sum()), 1))
    return [
        problem("EK669", auditor=code, node=node, count=differences.calls[at], points=f"{differences.mean[at]:+.1f}")
        for code, at in sorted(codes.items())
        if far[at]
    ]
