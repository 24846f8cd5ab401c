"""Labels and sentences of the codebook and of the form for KoboToolbox and ODK: key -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping

CODEBOOK_WORDS: Mapping[str, tuple[str, str]] = {
    "xlsform_box": ("{question} 不适用", "{question} does not apply"),
    "xlsform_absent_alone": ("选“不适用”时请勿再选其他选项", "choose nothing else beside N/A"),
    "codebook": ("编码手册", "Codebook"),
    "codebook_contents": ("目录", "Contents"),
    "codebook_identity": ("版本信息", "Identity"),
    "codebook_id": ("问卷代码", "Questionnaire"),
    "codebook_hash": ("定义校验值", "Definition hash"),
    "codebook_counts": ("规模", "Size"),
    "codebook_size": (
        "{sections} 个部分，{questions} 道题，{cells} 个答案格",
        "sections: {sections}; questions: {questions}; answer cells: {cells}",
    ),
    "codebook_instructions": ("给填报单位的说明", "What the units are told"),
    "codebook_answers": ("类型与选项/分项", "Type, options and parts"),
    "codebook_rules": ("规则", "Rules"),
    "codebook_origin": ("来源与依据", "Source and attestation"),
    "codebook_limits": ("范围 {limits}", "range {limits}"),
    "codebook_whole": ("只填整数", "whole numbers only"),
    "codebook_unit": ("单位：{unit}", "unit: {unit}"),
    "codebook_always": ("所有单位作答", "asked of every unit"),
    "codebook_optional": ("可不答", "may be left blank"),
    "codebook_descriptive": ("只作描述，不计分", "descriptive, not scored"),
    "codebook_scale_down": ("选项由好到差排列", "the first option is the best"),
    "codebook_scale_up": ("选项由差到好排列", "the last option is the best"),
    "codebook_statuses": ("状态与缺失值", "Statuses and missing values"),
    "codebook_status_note": (
        "每个答案格恰有六种状态之一，彼此不合并；只有“有效”的答案进入计算，其余均无值，不作估算填补。",
        (
            "Each answer cell has exactly one of six statuses, which are never merged. Only an ok answer is counted;"
            " the others have no value, and none is imputed."
        ),
    ),
    "codebook_status": ("状态", "Status"),
    "codebook_meaning": ("含义", "Meaning"),
    "codebook_recorded": ("记录方式", "How it is recorded"),
    "codebook_meaning_ok": ("按规则可以采用的答案", "an answer that keeps to the rules"),
    "codebook_meaning_blank": ("应答而未答", "asked and left empty"),
    "codebook_meaning_skipped": ("条件不成立，该题无须回答", "not asked, since its condition is false"),
    "codebook_meaning_not_applicable": ("单位声明该题不适用", "the unit says that the question does not apply"),
    "codebook_meaning_invalid": (
        "答了，但不合规则（类型、范围、选项）",
        "answered against the rules (type, range, options)",
    ),
    "codebook_meaning_error": ("单元格里是错误值", "the cell holds an error value"),
    "codebook_record_ok": (
        "数值原样；选项记代码；多选题每项记 1（选）或 0（未选）；日期记“年-月-日”",
        (
            "a number as it is; a choice by its code; each option of a multiple choice as 1 (ticked) or 0; a date as"
            " year-month-day"
        ),
    ),
    "codebook_record_blank": ("空；多选题一项未选时整题为空白", "empty; a multiple choice without any tick is blank"),
    "codebook_record_skipped": (
        "空；若仍有填写，原文保留并列为问题",
        "empty; what was entered all the same is kept and reported",
    ),
    "codebook_record_not_applicable": (
        "Excel 填“不适用”或 N/A；XLSForm 选 na 或勾选 …_na",
        "in Excel 不适用 or N/A; in an XLSForm the choice na or the box …_na",
    ),
    "codebook_record_invalid": (
        "空；原文保留在 raw 列，并指明单元格",
        "empty; the text as it stood is kept in the column raw",
    ),
    "codebook_record_error": (
        "空；原文如 #N/A、#DIV/0! 保留在 raw 列",
        "empty; the text, such as #N/A or #DIV/0!, is kept in the column raw",
    ),
    "only_excel": (
        "{option} 只用于 --format excel,不用于 {format}",
        "{option} goes with --format excel, not with {format}",
    ),
    "codebook_written": ("已写入 {path}", "{path} was written"),
}
