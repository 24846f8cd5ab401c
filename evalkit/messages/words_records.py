"""Words on work orders and call records: key -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping

RECORD_WORDS: Mapping[str, tuple[str, str]] = {
    "sheet_records": ("工单与话务记录", "Records"),
    "records_value": ("原始值", "Raw value"),
    "records_n": ("符合", "Hits"),
    "records_base": ("分母", "Base"),
    "records_total": ("全部记录", "All records"),
    "records_outside": ("范围外", "Outside"),
    "records_note": (
        "全部记录 = 范围外 + 分母 + 因空白、不适用、无效或错误值而未计入的;符合:分母中满足条件的(取均值、分位数的指标即分母)。记录本身不写入任何结果",
        (
            "all records = outside of what is asked for + base + those left out as blank, not applicable, invalid or "
            "error value; hits: of the base, those for which the condition holds (of a number, all). No record itself "
            "is written to any result"
        ),
    ),
    "portrait_note_records": (
        "取自工单或话务记录的指标按记录计:有效答卷即计入的记录,答卷数即范围内的记录",
        "indicators measured by work orders or call records count records: n are those that count, base those asked for",
    ),
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
