"""Resampling calls: the bootstrap of Rao and Wu for small strata.

The items of one call share its errors, so the call is what is drawn, never the item or the rating.
"""

from __future__ import annotations

import numpy as np

from evalkit.scoring.arrays import FloatArray, IntArray

CHUNK = 64
"""Replicates at a time: their indices stay in the cache."""


def bootstrap_counts(strata: IntArray, *, replicates: int, rng: np.random.Generator) -> FloatArray:
    """Return how often each call counts in each replicate, (replicates, calls).

    ``strata`` (calls,) are numbers; those of two units differ. Of the n calls of a stratum n − 1 are drawn with
    replacement, each weighing n ÷ (n − 1): Rao and Wu, *Journal of the American Statistical Association* 83 (1988),
    231-241. The variance of a total is then that of the usual formula for strata, which drawing n of n understates by
    the factor (n − 1) ÷ n. The counts of a stratum sum to n. A stratum of one call stays as it is: collapse such
    strata first (:func:`evalkit.audits.linearisation.collapse_strata`).
    """
    calls = len(strata)
    counts = np.zeros((replicates, calls))
    if not calls:
        return counts
    order = np.argsort(strata, kind="stable")
    _, starts, sizes = np.unique(strata[order], return_index=True, return_counts=True)
    drawn = np.maximum(sizes - 1, 1)
    stratum = np.repeat(np.arange(len(sizes)), drawn)
    first, size = starts[stratum], sizes[stratum].astype(np.float32)
    factor = np.empty(calls)
    factor[order] = np.repeat(sizes / drawn, sizes)
    for start in range(0, replicates, CHUNK):
        rows = min(CHUNK, replicates - start)
        uniform = rng.random((rows, len(stratum)), dtype=np.float32) * size
        picked = np.minimum(uniform.astype(np.int64), sizes[stratum] - 1)  # a product may round up to the size itself
        places = order[picked + first] + calls * np.arange(rows)[:, np.newaxis]
        found = np.bincount(places.ravel(), minlength=rows * calls).reshape(rows, calls)
        counts[start : start + rows] = found * factor
    return counts
