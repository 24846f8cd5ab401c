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
    "diff_key": ("键", "Key"),
    "diff_same": ("两次运行没有差异", "the two runs do not differ"),
    "diff_counts": (
        (
            "变化:方法 {choices},文件 {inputs},答案 {answers},指标值 {measures},得分 {scores},名次 {ranks},奖项 {awards}"
            "(数值容差 {tolerance})"
        ),
        (
            "changed: choices {choices}, files {inputs}, answers {answers}, raw values {measures}, scores {scores},"
            " ranks {ranks}, awards {awards} (numbers within {tolerance} are the same)"
        ),
    ),
    "diff_choices": ("方法和定义", "Choices"),
    "diff_inputs": ("文件", "Files"),
    "diff_units": ("单位", "Units"),
    "diff_nodes": ("节点", "Nodes"),
    "diff_answers": ("答案", "Answers"),
    "diff_scores": ("得分", "Scores"),
    "diff_ranks": ("名次", "Ranks"),
    "diff_awards": ("奖项", "Awards"),
    "diff_changed": ("有改动", "changed"),
    "diff_only_before": ("仅在前者", "only in the first"),
    "diff_only_after": ("仅在后者", "only in the second"),
    "diff_gained": ("新获", "gained"),
    "diff_lost": ("失去", "lost"),
    "diff_moved": ("升降", "Moved"),
    "diff_difference": ("差", "Difference"),
    "diff_cell": ("位置", "Cell"),
    "diff_more": (
        "… 另有 {count} 行;--top 多显示,--format csv 列出全部",
        "… {count} more; --top shows more, --format csv all",
    ),
    "verified_not": ("核验未通过:有不符之处,见上", "not verified: what does not hold is listed above"),
}
