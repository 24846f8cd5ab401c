"""EK750 to EK769: what verifying a finished run finds."""

from __future__ import annotations

from evalkit.messages.entry import Finding

_RERUN = "请用原研究重新运行,或向提供者索取完整的结果文件夹"
_RERUN_EN = "run the study again, or ask for the whole folder from whoever gave it to you"

FINDINGS = {
    "EK750": Finding(
        "error", "缺少结果表:run.json 列有 {table},文件夹中没有",
        "a table is missing: run.json states {table}, the folder has none", _RERUN, _RERUN_EN,
    ),
    "EK751": Finding(
        "error", "结果表 {table} 与 run.json 所记的 sha256 不符,写出后被改动过",
        "the table {table} does not have the sha256 that run.json states: it was changed after it was written",
        _RERUN, _RERUN_EN,
    ),
    "EK752": Finding(
        "error", "多出文件 {table}:run.json 中没有记载",
        "there is a further file {table}, which run.json does not state",
        "请移走不属于本次运行的文件", "move away what the run did not write",
    ),
    "EK753": Finding(
        "error", "{node} 的得分 {score} 不能由其下级得出,重新计算为 {found}",
        "the score {score} of {node} does not follow from what is below it, which gives {found}",
        "用 evalkit explain 查看是哪一级不符", "evalkit explain shows which step does not add up",
    ),
    "EK754": Finding(
        "error", "{node} 的原始值 {value} 不是其各部分的加权平均",
        "the raw value {value} of {node} is not the weighted mean of its parts",
        "用 evalkit explain 查看各部分的得分和权重", "evalkit explain shows the parts with their points and weights",
    ),
    "EK755": Finding(
        "error", "结果表之间互不衔接,无法重新计算({reason})",
        "the tables do not fit together, so that nothing can be computed again ({reason})", _RERUN, _RERUN_EN,
    ),
    "EK756": Finding(
        "error", "{node}(同类组 {group})的名次 {rank} 或得分与得分表不符,按得分表应为 {found}",
        "rank {rank} at {node} (peer group {group}), or the score beside it, does not follow from the scores,"
        " which give {found}",
        _RERUN, _RERUN_EN,
    ),
    "EK757": Finding(
        "error", "数据或定义文件在运行后被改动", "an input was changed after the run",
        "请恢复当时的文件,或重新运行并说明改动", "put back the file of then, or run again and say what was changed",
    ),
    "EK758": Finding(
        "error", "运行时所用的文件已不存在", "an input of the run is no longer there",
        "请恢复当时的文件,或重新运行并说明改动", "put back the file of then, or run again and say what was changed",
    ),
    "EK759": Finding(
        "error", "运行后新增了数据或定义文件", "an input was added after the run",
        "请移走该文件,或重新运行并说明改动", "move the file away, or run again and say what was changed",
    ),
    "EK760": Finding(
        "error", "重新评估得到的 {table} 与结果不同,首处在 {row} 的 {column} 列:原为 “{then}”,现为 “{now}”",
        "{table} evaluated anew is not the same; it first differs at {row}, column {column}: then “{then}”, now “{now}”",
        "用 evalkit diff 查看全部差异", "evalkit diff shows all that differs",
    ),
    "EK761": Finding(
        "error", "重新评估得到的 {table} 与结果不同:行 {row} 只在结果中有,或次序不同",
        "{table} evaluated anew is not the same: the row {row} is in the results only, or stands elsewhere",
        "用 evalkit diff 查看全部差异", "evalkit diff shows all that differs",
    ),
    "EK762": Finding(
        "error", "重新评估得到的 {table} 与结果不同:结果中没有行 {row}",
        "{table} evaluated anew is not the same: the results lack the row {row}",
        "用 evalkit diff 查看全部差异", "evalkit diff shows all that differs",
    ),
    "EK763": Finding(
        "error", "重新评估不产生结果中的表 {table}", "the study evaluated anew has no table {table}, the results have",
        "请核对是否为同一研究、同一版本的 evalkit", "check that this is the study of these results, and the same evalkit",
    ),
    "EK764": Finding(
        "error", "重新评估产生表 {table},结果中没有", "the study evaluated anew has a table {table}, the results lack it",
        "请核对是否为同一研究、同一版本的 evalkit", "check that this is the study of these results, and the same evalkit",
    ),
    "EK765": Finding(
        "error", "run.json 中的 {key} 与研究不符:所记为 {then},研究为 {now}",
        "run.json does not state what the study says of {key}: stated {then}, in the study {now}",
        "请核对是否为同一研究;方法的改动须重新运行", "check that this is the study of these results; run again after a change of method",
    ),
    "EK766": Finding(
        "note", "{package} 的版本不同:运行时为 {then},现为 {now}", "{package} has another version: then {then}, now {now}",
    ),
    "EK767": Finding(
        "note", "稳健性的表只核对了哈希值,没有重新抽取:{tables}",
        "the tables of robustness were held against their hashes only, no draw was made again: {tables}",
    ),
    "EK768": Finding(
        "note", "结果只公布等级,没有得分,因而没有重新计算得分和名次",
        "these results publish tiers only: they have no scores or ranks that could be computed again",
    ),
    "EK769": Finding(
        "note", "插件给出的数值照原样采用:{nodes}", "what plug-ins gave was taken as it is: {nodes}",
    ),
}  # fmt: skip
