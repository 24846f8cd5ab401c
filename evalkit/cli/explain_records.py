"""The lines of ``evalkit explain`` about work orders and call records: how many count, why others do not, the files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evalkit.messages import Language, word

if TYPE_CHECKING:
    from evalkit.explanation import RecordStep


def record_lines(step: RecordStep, language: Language) -> Iterator[str]:
    """Yield what is measured, of how many records, how many were left out and why, and the files with their hashes."""
    yield step.measure
    if step.method == "ratio":
        sums = {"numerator": f"{step.numerator:.15g}", "denominator": f"{step.denominator:.15g}"}
        yield word("records_ratio", language, base=step.base, scale=f"{step.scale:g}", **sums)
    elif step.method == "share":
        yield word("records_share", language, n=step.n, base=step.base)
    elif step.method == "count":
        yield word("records_count", language, n=step.n, base=step.base)
    elif step.numerator is not None:
        yield word("records_mean", language, base=step.base, total=f"{step.numerator:.15g}")
    else:
        yield word("records_quantile", language, base=step.base)
    reasons = ", ".join(f"{word(f'status_{reason}', language)} {count}" for reason, count in step.left_out.items())
    yield word("records_left_out", language, total=step.total, outside=step.outside, reasons=reasons or "0")
    for name, digest in step.files:
        yield f"{name}  sha256 {digest}"
