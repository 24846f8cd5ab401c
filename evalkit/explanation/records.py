"""The work orders and call records behind an indicator, from the table ``records``."""

from __future__ import annotations

from collections.abc import Mapping

from evalkit.evaluate.record_tables import REASONS
from evalkit.explanation.steps import RecordStep
from evalkit.explanation.tables import Row, number


def record_step(row: Row, measure: str, hashes: Mapping[str, str]) -> RecordStep:
    """Return the account of a unit's records for an indicator; ``hashes`` are those of the inputs by file."""
    over, under, scale = number(row["numerator"]), number(row["denominator"]), float(row["scale"])
    recomputed = scale * over / under if over is not None and under else None
    names = [name for name in str(row["files"]).split("|") if name]
    return RecordStep(
        measure=measure,
        method=str(row["method"]),
        n=int(row["n"]),
        base=int(row["base"]),
        total=int(row["total"]),
        outside=int(row["outside"]),
        left_out={reason: int(row[reason]) for reason in REASONS if row[reason]},
        scale=scale,
        numerator=over,
        denominator=under,
        recomputed=recomputed,
        files=tuple((name, hashes.get(name, "")) for name in names),
    )
