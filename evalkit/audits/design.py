"""Whether a design lets units and auditors be told apart: the graph of who called whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from evalkit.scoring.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Connection:
    """How units and auditors hang together through ratings.

    ``components``: parts of the graph between which nothing can be compared, 1 for a usable design; ``of_units``
    (units,) and ``of_auditors`` (auditors,) number the part of each. ``connectivity``: the second smallest eigenvalue
    of the normalised Laplacian of the graph, 0 for a design in parts, 1 where every auditor calls every unit equally
    often. ``efficiency``: the share of information that the worst known difference between units keeps although
    auditors must be estimated too, its smallest canonical efficiency factor. Both are 1 for a single unit or auditor.
    """

    components: int
    of_units: IntArray
    of_auditors: IntArray
    connectivity: float
    efficiency: float


def connection(unit: IntArray, auditor: IntArray) -> Connection:
    """Return how units and auditors hang together; ``unit`` and ``auditor`` are whole numbers from 0, one a rating.

    With N the counts of ratings, r and k its row and column sums, and s the second singular value of
    r^(-1/2) N k^(-1/2): connectivity 1 − s, efficiency 1 − s². Numbers without a rating form parts of their own.
    Fiedler, "Algebraic connectivity of graphs", *Czechoslovak Mathematical Journal* 23 (1973); James and Wilkinson,
    "Factorization of the residual operator and canonical decomposition of nonorthogonal factors in the analysis of
    variance", *Biometrika* 58 (1971).
    """
    from scipy.sparse import csgraph  # noqa: PLC0415 - late: loads scipy.linalg, and few studies have calls

    units, auditors = int(unit.max(initial=-1)) + 1, int(auditor.max(initial=-1)) + 1
    size = units + auditors
    edges = sparse.coo_array((np.ones(len(unit)), (unit, units + auditor)), shape=(size, size))
    count, labels = csgraph.connected_components(edges, directed=False)
    rated = np.zeros((units, auditors))
    np.add.at(rated, (unit, auditor), 1.0)
    second = 0.0 if count <= 1 else 1.0
    if count == 1 and min(units, auditors) > 1:
        second = float(min(np.linalg.svd(_scaled(rated), compute_uv=False)[1], 1.0))
    labels = labels.astype(np.int64)
    return Connection(int(count), labels[:units], labels[units:], 1 - second, 1 - second**2)


def _scaled(rated: FloatArray) -> FloatArray:
    rows, columns = np.sqrt(rated.sum(axis=1)), np.sqrt(rated.sum(axis=0))
    return np.asarray(rated / rows[:, None] / columns)
