"""Words of ``verify`` and ``diff``: key -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping

COMPARISON_WORDS: Mapping[str, tuple[str, str]] = {
    "verified_tables": (
        "已按 run.json 核对 {count} 张结果表的 sha256",
        "tables held against the sha256 that run.json states: {count}",
    ),
    "verified_scores": (
        "已重新计算 {scores} 个得分和 {ranks} 个名次",
        "computed again: {scores} scores and {ranks} ranks",
    ),
    "verified_no_study": (
        "没有对照原始数据和奖项;加上 --study study.yaml 可重新评估",
        "not held against the data; --study study.yaml evaluates the study anew, awards too",
    ),
    "verified_study": (
        "已核对 {inputs} 个输入文件;重新评估后 {count} 张表逐字节相同",
        "inputs held against their sha256: {inputs}; tables that are the same when evaluated anew: {count}",
    ),
    "verified_holds": ("核验通过:全部相符", "verified: everything holds"),
    "verified_not": ("核验未通过:有不符之处,见上", "not verified: what does not hold is listed above"),
}
