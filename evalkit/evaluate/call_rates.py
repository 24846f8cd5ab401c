"""Tables of what is counted and timed in mystery calls: connection with its intervals and bands, response times."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalkit.audits.durations import Durations, durations
from evalkit.audits.rates import BANDS, connection_band, rate, rate_interval
from evalkit.calls import Calls
from evalkit.definitions.protocol import Protocol
from evalkit.definitions.protocol_items import Item

CONNECTION_COLUMNS = (
    "unit", "calls", "reached", "rate", "wilson_low", "wilson_high", "exact_low", "exact_high", "band", "band_low",
    "band_high",
)  # fmt: skip
"""A unit. rate with its 95 % intervals; band: hot, warm, cold or dead; band_low, band_high: those that the ends of
Wilson's interval are in, so what so few calls leave open."""
WAIT_COLUMNS = ("item", "slot", "calls", "median", "p90", "within", "norm", "within_low", "within_high")
"""An item in seconds and a slot, all slots where it is empty. within: share of the calls that keep the norm, the
longest time that is in order, with its 95 % interval by Wilson."""
_LEVEL = 0.95


def connection_table(calls: Calls, protocol: Protocol) -> pd.DataFrame:
    """Return how many calls of each unit got through; each counts once, by the rating that comes first."""
    outcomes = protocol.outcome_by_code
    first = np.unique(calls.call, return_index=True)[1]
    got_through = np.array([outcomes[calls.ratings[index].outcome].reached for index in first.tolist()], dtype=bool)
    tried = np.bincount(calls.unit[first], minlength=len(calls.units))
    reached = np.bincount(calls.unit[first][got_through], minlength=len(calls.units))
    rates = rate(reached, tried)
    wilson, exact = rate_interval(reached, tried, _LEVEL), rate_interval(reached, tried, _LEVEL, "exact")
    bands = [np.array([*BANDS, ""])[connection_band(each)] for each in (rates, *wilson)]
    columns = (tried, reached, rates, *wilson, *exact, *bands)
    rows = [(unit, *(column[row] for column in columns)) for row, unit in enumerate(calls.units)]
    return pd.DataFrame(rows, columns=list(CONNECTION_COLUMNS))


def wait_table(calls: Calls, protocol: Protocol) -> pd.DataFrame:
    """Return the distribution of each item in seconds, over all slots and in each; a call scored twice counts once."""
    slots = ["", *(slot.code for slot in protocol.slots)]
    of_rating = np.array([slots.index(rating.slot) for rating in calls.ratings], dtype=np.int64)
    first = np.zeros(len(calls.ratings), dtype=bool)
    first[np.unique(calls.call, return_index=True)[1]] = True
    rows: list[tuple[object, ...]] = []
    for item in protocol.items:
        if item.type != "seconds":
            continue
        seconds = np.where(first, calls.numbers[:, calls.keys[item.code]], np.nan)
        norm = np.inf if item.norm is None else item.norm
        whole = durations(np.zeros_like(of_rating), seconds, groups=1, norm=norm)
        by_slot = durations(of_rating, seconds, groups=len(slots), norm=norm)
        for slot, found, row in (("", whole, 0), *((slot, by_slot, row) for row, slot in enumerate(slots) if slot)):
            figures = (found.count[row], found.median[row], found.p90[row])
            rows.append((item.code, slot, *figures, *_within(item, found, row)))
    return pd.DataFrame(rows, columns=list(WAIT_COLUMNS))


def _within(item: Item, found: Durations, row: int) -> tuple[float, ...]:
    """Return the share of calls that keep the norm of an item, the norm, and the share's interval; NaN without one."""
    if item.norm is None:
        return (np.nan,) * 4
    share, calls = found.within[row], found.count[[row]]
    kept = np.rint(np.nan_to_num(found.within[[row]]) * calls).astype(np.int64)
    low, high = rate_interval(kept, calls, _LEVEL)
    return float(share), item.norm, float(low[0]), float(high[0])
