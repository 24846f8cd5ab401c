"""Labels and sentences about fieldwork: key -> (Chinese, English)."""

from __future__ import annotations

FIELDWORK_WORDS = {
    "fieldwork_longest": ("超过方案的上限 {limit} 秒", "more than the {limit} that the protocol allows"),
    "fieldwork_shortest": ("短于方案的下限 {limit} 秒", "less than the {limit} that the protocol expects"),
    "fieldwork_nothing": ("但拨测结果是已接通", "but the line was reached"),
}
