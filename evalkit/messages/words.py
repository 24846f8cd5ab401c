"""Labels and sentences of tables, reports and commands: key -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping

from evalkit.messages.words_audits import AUDIT_WORDS
from evalkit.messages.words_awards import AWARD_WORDS
from evalkit.messages.words_call_report import CALL_REPORT_WORDS
from evalkit.messages.words_certificates import CERTIFICATE_WORDS
from evalkit.messages.words_codebook import CODEBOOK_WORDS
from evalkit.messages.words_comparison import COMPARISON_WORDS
from evalkit.messages.words_evidence import EVIDENCE_WORDS
from evalkit.messages.words_extending import EXTENDING_WORDS
from evalkit.messages.words_fieldwork import FIELDWORK_WORDS
from evalkit.messages.words_form import FORM_WORDS
from evalkit.messages.words_methods import METHOD_WORDS
from evalkit.messages.words_page import PAGE_WORDS
from evalkit.messages.words_pictures import PICTURE_WORDS
from evalkit.messages.words_planning import PLANNING_WORDS
from evalkit.messages.words_platforms import PLATFORM_WORDS
from evalkit.messages.words_portraits import PORTRAIT_WORDS
from evalkit.messages.words_profile import PROFILE_WORDS
from evalkit.messages.words_reading import READING_WORDS
from evalkit.messages.words_records import RECORD_WORDS
from evalkit.messages.words_returned import RETURNED_WORDS
from evalkit.messages.words_solution import SOLUTION_WORDS
from evalkit.messages.words_starter import STARTER_WORDS
from evalkit.messages.words_uncertainty import UNCERTAINTY_WORDS
from evalkit.messages.words_usage import USAGE_WORDS
from evalkit.messages.words_weight_shifts import WEIGHT_SHIFT_WORDS

WORDS: Mapping[str, tuple[str, str]] = {
    **AWARD_WORDS,
    **AUDIT_WORDS,
    **CERTIFICATE_WORDS,
    **CALL_REPORT_WORDS,
    **CODEBOOK_WORDS,
    **COMPARISON_WORDS,
    **EXTENDING_WORDS,
    **FIELDWORK_WORDS,
    **FORM_WORDS,
    **METHOD_WORDS,
    **PAGE_WORDS,
    **PROFILE_WORDS,
    **SOLUTION_WORDS,
    **RECORD_WORDS,
    **RETURNED_WORDS,
    **EVIDENCE_WORDS,
    **STARTER_WORDS,
    **READING_WORDS,
    **USAGE_WORDS,
    **PLANNING_WORDS,
    **PICTURE_WORDS,
    **PLATFORM_WORDS,
    **PORTRAIT_WORDS,
    **UNCERTAINTY_WORDS,
    **WEIGHT_SHIFT_WORDS,
    "rank": ("名次", "Rank"),
    "unit": ("单位", "Unit"),
    "name": ("名称", "Name"),
    "node": ("节点", "Node"),
    "score": ("得分", "Score"),
    "weight": ("权重", "Weight"),
    "why_unranked": ("未参加排名的原因", "Why not ranked"),
    "question_text": ("题目内容", "Question text"),
    "coverage": ("数据覆盖率", "Coverage"),
    "awards": ("奖项", "Awards"),
    "award": ("奖项", "Award"),
    "scheme": ("评奖方案", "Scheme"),
    "reason": ("理由", "Reason"),
    "rank_in": ("{group}内名次", "Rank in {group}"),
    "question": ("题目", "Question"),
    "option": ("选项/分项", "Option or part"),
    "label": ("名称", "Label"),
    "severity": ("级别", "Severity"),
    "severity_error": ("错误", "error"),
    "severity_warning": ("警告", "warning"),
    "severity_note": ("提示", "note"),
    "code": ("代码", "Code"),
    "message": ("内容", "Message"),
    "file": ("文件", "File"),
    "cell": ("位置", "Place"),
    "hint": ("处理办法", "What to do"),
    "state": ("状态", "State"),
    "state_read": ("已读取", "read"),
    "state_unreadable": ("无法读取", "unreadable"),
    "state_unassigned": ("单位不明", "unknown unit"),
    "state_duplicate": ("重复,未采用", "duplicate, not used"),
    "cells": ("答案格数", "Answer cells"),
    "status_ok": ("有效", "ok"),
    "status_blank": ("空白", "blank"),
    "status_skipped": ("跳过", "skipped"),
    "status_not_applicable": ("不适用", "not applicable"),
    "status_invalid": ("无效", "invalid"),
    "status_error": ("错误值", "error value"),
    "status_absent": ("未交回", "absent"),
    "share_n": ("人数/单位数", "n"),
    "share_base": ("分母", "Base"),
    "share_share": ("比例", "Share"),
    "share_percent": ("公布值 %", "As printed %"),
    "share_cumulative_share": ("累计比例", "Cumulative"),
    "share_mean": ("均值", "Mean"),
    "share_median": ("中位数", "Median"),
    "share_minimum": ("最小值", "Minimum"),
    "share_maximum": ("最大值", "Maximum"),
    "share_total": ("合计", "Total"),
    "share_blank": ("空白", "Blank"),
    "share_skipped": ("跳过", "Skipped"),
    "share_not_applicable": ("不适用", "Not applicable"),
    "share_rejected": ("无效", "Rejected"),
    "share_among_siblings": ("同级占比", "Among siblings"),
    "effective_weight": ("有效权重", "Effective weight"),
    "method": ("方法", "Method"),
    "measure": ("数据来源", "Measured by"),
    "attestation": ("依据", "Attestation"),
    "source": ("来源", "Source"),
    "lower_is_better": ("越低越好", "lower is better"),
    "item": ("项目", "Item"),
    "content": ("内容", "Content"),
    "sheet_ranking": ("排名", "Ranking"),
    "sheet_dimensions": ("维度得分", "Dimensions"),
    "sheet_indicators": ("指标得分", "Indicators"),
    "sheet_awards": ("奖项", "Awards"),
    "sheet_shares": ("描述统计", "Shares"),
    "sheet_findings": ("数据问题", "Findings"),
    "sheet_totals": ("各单位合计", "By unit"),
    "of_no_unit": ("不属于某一单位", "of no unit"),
    "sheet_files": ("文件", "Files"),
    "sheet_recipe": ("方法", "Recipe"),
    "sheet_about": ("说明", "About"),
    "note_shares": (
        "比例 = 选择数 ÷ 分母;分母只计有效作答的单位;多选题各项之和可超过 100%",
        "share = n ÷ base; the base counts units with a valid answer; a multiple choice may sum to over 100 %",
    ),
    "note_files": (
        "每份已读取的文件:有效 + 空白 + 跳过 + 不适用 + 无效 + 错误值 = 答案格数;工单和话务记录的文件只数用到的列",
        (
            "for each file read: ok + blank + skipped + not applicable + invalid + error value = answer cells; of files of "
            "work orders and call records only the columns that are used are counted"
        ),
    ),
    "register_class": ("类别", "Class"),
    "register_region": ("地区", "Region"),
    "register_province": ("省份", "Province"),
    "note_ties": (
        "并列时{ties_zh};得分相差不超过 {tolerance} 视为相等;名次由未取整的得分得出",
        "ties: {ties_en}; scores that differ by at most {tolerance} are equal; ranks come from unrounded scores",
    ),
    "note_percentages": (
        "描述统计的百分数保留 {decimals} 位小数,取整用{rounding_zh}",
        "percentages of the descriptive table have {decimals} decimals, rounded by {rounding_en}",
    ),
    "note_weights": (
        "有效权重 = 沿树各级同级占比之积(数据齐全时);各单位实际的有效权重见 scores 表",
        "effective weight = product of the shares along the tree (no data missing); each unit's own is in the table scores",
    ),
    "about_study": ("研究", "Study"),
    "about_wave": ("期次", "Wave"),
    "about_indicators": ("指标体系", "Indicator set"),
    "about_units": ("单位数", "Units"),
    "about_ranked": ("参加排名", "Ranked"),
    "about_files": ("数据文件(已读取 / 收到)", "Files (read / found)"),
    "about_corrections": ("采用的更正", "Corrections applied"),
    "about_findings": ("数据问题", "Findings"),
    "about_version": ("版本与时间", "Version and time"),
    "about_certainty": ("名次的可靠程度", "How sure the ranks are"),
    "bug": (
        "evalkit 内部错误:{error}。请把命令和这一行报告给我们;设置 EVALKIT_DEBUG=1 可看详情",
        "a bug in evalkit: {error}. Please report it with the command and this line; EVALKIT_DEBUG=1 shows more",
    ),
    "summary": ("{error} 个错误,{warning} 个警告,{note} 个提示", "errors {error}, warnings {warning}, notes {note}"),
    "nothing_found": ("没有发现问题", "nothing found"),
    "ranked_of": ("{ranked} 个单位参加排名,共 {units} 个", "{ranked} of {units} units ranked"),
    "files_read": (
        (
            "{read} 份文件已读取,共 {files} 份;答案格 {expected} = 有效 {ok} + 空白 {blank} + 跳过 {skipped}"
            " + 不适用 {not_applicable} + 无效 {invalid} + 错误值 {error}"
        ),
        (
            "{read} of {files} files read; {expected} answer cells = {ok} ok + {blank} blank + {skipped} skipped"
            " + {not_applicable} not applicable + {invalid} invalid + {error} error values"
        ),
    ),
    "written_to": ("结果已写入 {path}", "results written to {path}"),
    "unranked": ("未参加排名", "Not ranked"),
    "copies_written": (
        "已在 {path} 写出 {count} 份批注副本和 {list}",
        "annotated copies written to {path}: {count}; all findings are in {list}",
    ),
    "forms_written": ("已在 {path} 生成 {count} 份问卷", "forms written to {path}: {count}"),
    "next_steps": ("接下来", "Next"),
    "study_made": ("已新建 {path}", "{path} was made"),
    "adds_up": (
        "逐级核对无误:每个得分都能由其下级重新算出",
        "checked: every score can be computed again from what is below it",
    ),
    "does_not_add_up": (
        "核对不符!带 [!] 的得分不能由其下级算出",
        "does not add up! scores marked [!] do not follow from what is below",
    ),
    "no_score": ("无得分", "no score"),
    "corrected": ("读到“{raw}”,更正为 {value}:{why}", "read “{raw}”, corrected to {value}: {why}"),
    "rank_of": ("第 {rank} 名,共 {count}", "rank {rank} of {count}"),
    "of_parent": ("占 {weight}", "weight {weight}"),
    "contributes": ("贡献 {contribution}", "contributes {contribution}"),
    "raw_value": ("原始值 {value}", "raw value {value}"),
    "builtin_indicators": ("指标体系", "Indicator sets"),
    "builtin_awards": ("奖项方案", "Award schemes"),
    "builtin_questionnaire": ("问卷", "Questionnaires"),
    "builtin_protocol": ("拨测方案", "Mystery-call protocols"),
    "schemas_written": ("已写出 {count} 个 JSON Schema 到 {path}", "{count} JSON Schemas written to {path}"),
    "doctor_python": ("Python 版本", "Python"),
    "doctor_packages": ("依赖包", "Packages"),
    "doctor_builtins": ("内置定义", "Built-in definitions"),
    "doctor_encoding": ("终端编码", "Console encoding"),
    "doctor_temporary": ("临时文件夹可写", "Temporary folder can be written"),
    "doctor_excel": ("Excel 写入与读回", "Excel written and read back"),
    "doctor_fine": ("正常", "fine"),
    "doctor_wrong": ("有问题", "wrong"),
    "kind": ("种类", "Kind"),
    "reference": ("引用名", "Reference"),
    "version": ("版本", "Version"),
    "no_returns": (
        "还没有收到数据;把填好的问卷放进 data: 指定的文件夹后再运行",
        "no data have come in yet; put the filled forms where data: says, and run again",
    ),
    "no_such_command": ("没有命令 “{name}”{suggestion_zh}", "there is no command “{name}”{suggestion_en}"),
}
