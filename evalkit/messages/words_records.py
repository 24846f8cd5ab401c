"""Words on work orders and call records: key -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping

RECORD_WORDS: Mapping[str, tuple[str, str]] = {
    "records_share": ("{base} 条记录中 {n} 条符合", "{n} of {base} records"),
    "records_count": ("{base} 条记录中 {n} 条符合,取条数", "{n} of {base} records, counted"),
    "records_mean": ("{base} 条记录,合计 {total},取均值", "{base} records, together {total}, of which the mean"),
    "records_quantile": ("{base} 条记录的分位数", "a quantile of {base} records"),
    "records_ratio": (
        "{base} 条记录:{scale} x {numerator} / {denominator}",
        "{base} records: {scale} x {numerator} / {denominator}",
    ),
    "records_left_out": (
        "共 {total} 条记录:不在范围内 {outside} 条;未计入:{reasons}",
        "of {total} records in all; outside of what is asked for: {outside}; left out: {reasons}",
    ),
}
