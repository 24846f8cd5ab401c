"""Data of published worked examples of agreement, as (calls, auditors); NaN is no rating."""

from __future__ import annotations

import numpy as np

_ = np.nan

KRIPPENDORFF_2011 = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
        [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ]
).T
"""Four observers, twelve units, with missing ratings: Krippendorff (2011), part C; the same data, four raters and
twelve subjects, in Gwet (2014), page 120."""

SHROUT_FLEISS_1979 = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7.0]])
"""Six targets, four judges: Shrout and Fleiss (1979), table 2."""

COHEN_1960 = np.array([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
"""How often two judges chose each pair of three categories, of 200 cases: Cohen (1960), table 1."""
