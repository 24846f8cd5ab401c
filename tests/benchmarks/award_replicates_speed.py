"""Awards given again in every replicate: ``python tests/benchmarks/award_replicates_speed.py``.

333 units. Prints CPU a replicate by rule, and its ratio to the award stage with bases and reasons put into words.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from evalkit.definitions.awards import AwardScheme
from evalkit.scoring.awards import apply_scheme
from tests.award_fields import field

UNITS, REPEATS, CALLS = 333, 5, 10
BLOCKS: tuple[dict[str, Any], ...] = tuple({"id": f"b{number}", "name": "block"} for number in range(4))
RULES: dict[str, dict[str, Any]] = {
    "top 30": {"method": "top", "count": 30},
    "band": {"method": "band", "low": 70},
    "blocks by share": {
        "method": "blocks",
        "by": "share",
        "blocks": [*({**block, "percent": 20} for block in BLOCKS[:-1]), BLOCKS[-1]],
    },
    "natural breaks": {"method": "blocks", "by": "natural_breaks", "blocks": list(BLOCKS)},
}


def cpu(function: Callable[[], object]) -> float:
    """Return the least CPU of a few rounds of calls, of one call."""
    used = []
    for _ in range(REPEATS):
        start = time.process_time()
        for _ in range(CALLS):
            function()
        used.append((time.process_time() - start) / CALLS)
    return min(used)


def main() -> None:
    """Print a line a rule."""
    worded = field(np.random.default_rng(1).uniform(40, 95, UNITS).tolist())
    silent = replace(worded, explained=False)
    for name, rule in RULES.items():
        award = {"id": "a", "name": "prize", "rule": rule}
        scheme = AwardScheme.model_validate({"id": "s", "version": "1", "name": "s", "awards": [award]})
        whole, used = (cpu(partial(apply_scheme, scheme, given)) for given in (worded, silent))
        print(f"{name:16s} {1e3 * used:5.2f} ms CPU a replicate, {used / whole:.2f} of the stage with reasons")


if __name__ == "__main__":
    main()
