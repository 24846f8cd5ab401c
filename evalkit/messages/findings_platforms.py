"""EK28x and EK29x: tables exported by survey platforms. EK330 ff.: their import profiles."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK280": Finding(
        "error", "导出表中没有列 “{column}”{suggestion_zh}", "the export has no column “{column}”{suggestion_en}",
        "现有的列:{allowed}", "its columns: {allowed}",
    ),
    "EK281": Finding(
        "warning", "“{heading}” 对不上问卷的任何题目或选项,没有读取", "“{heading}” fits no question, option or part of the questionnaire; it was not read",
        "是题目的,在 study.yaml 该导出表的 questions: 下写明对应的题目;说明受访者的(如承办部门),写进 about:;其余写进 ignore:", "if it is an answer, name its question under questions: of this export in study.yaml; if it describes respondents, such as a department, under about:; otherwise list it under ignore:",
    ),
    "EK282": Finding(
        "error", "“{first}” 和 “{second}” 都是 {key} 的答案,两列都不计入", "“{first}” and “{second}” both are answers to {key}; neither is counted",
        "请把多余的一列写进该导出表的 ignore:", "list the one that is not wanted under ignore: of this export",
    ),
    "EK283": Finding(
        "error", "“{heading}” 的题号 {number} 对应 {question}(“{text}”),题干却不同,没有读取", "“{heading}” has the number of {question} ({number}, “{text}”) but another text; it was not read",
        "是这道题的,在该导出表的 questions: 下写 {question} 和这个列名;不是问卷题目的,写进 ignore:", "if it is that question, give {question} this heading under questions: of this export; if it is none of the questionnaire, list it under ignore:",
    ),
    "EK284": Finding(
        "warning", "本列共有 {count} 个单元格的答案不能计入(不同的写法 {texts} 种),只列出了最先遇到的", "cells of this column that cannot be counted: {count}, different texts: {texts}; only the first of each of the first texts are listed",
        "请按列出的例子检查整列", "look the whole column over by the examples listed",
    ),
    "EK285": Finding(
        "error", "不认识的单位 “{name}”{suggestion_zh};有 {count} 份答卷因此没有计入", "unknown unit “{name}”{suggestion_en}; respondents left out for it: {count}",
        "请改正名称,或在名册的 aliases 列里加上这个写法", "correct the name, or add it to the column aliases of the register",
    ),
    "EK286": Finding(
        "error", "答卷编号 “{id}” 占了 {count} 行,都没有计入", "the respondent id “{id}” stands in {count} rows; none of them is counted",
        "请在平台上查明哪一份有效,删去其余的再导出", "find out on the platform which one is valid, delete the others, and export again",
    ),
    "EK287": Finding(
        "error", "权重 “{value}” 不是 0 到 10 亿之间的数;有 {count} 份答卷因此没有计入", "the weight “{value}” is no number from 0 to 1,000,000,000; respondents left out for it: {count}",
        "请补上权重;不想计入的答卷权重填 0", "give the weight; 0 leaves a respondent out on purpose",
    ),
    "EK288": Finding(
        "warning", "有 {count} 份答卷的权重为 0,不计入任何结果", "respondents of weight 0, which count for nothing: {count}",
        "如非有意,请核对权重", "check the weights if this is not meant",
    ),
    "EK289": Finding(
        "warning", "导出表中没有 {count} 个答案的列:{codes};按空白计", "answers without a column in the export: {count} ({codes}); they count as blank",
        "请核对题目代码和题干,或在该导出表的 questions: 下写明列名", "check the codes and texts of the questions, or give their headings under questions: of this export",
    ),
    "EK290": Finding(
        "error", "不知道答卷属于哪个单位,没有读取", "nothing says which unit the respondents speak of; the file was not read",
        "请在 study.yaml 该导出表写 unit:(列名,或 {{question: 题目}},或 {{value: 单位}})", "write unit: for this export in study.yaml (the heading of a column, or {{question: CODE}}, or {{value: UNIT}})",
    ),
    "EK291": Finding(
        "error", "工作簿中没有工作表 “{sheet}”", "the workbook has no sheet “{sheet}”",
        "现有的工作表:{allowed}", "its sheets: {allowed}",
    ),
    "EK292": Finding(
        "warning", "表头下面没有答卷", "there is no respondent below the header",
        "请核对导出的文件,以及导入配置的表头行数(header)", "check the exported file, and the number of header rows in the profile (header)",
    ),
    "EK293": Finding(
        "warning", "按跳转规则({condition})不应回答 {question},却有 {count} 份答卷填了;未计入", "by the skip rule ({condition}) {question} was not to be answered; respondents who did, whose answer is not counted: {count}",
        "请核对平台上的跳转设置", "check the skip logic of the platform",
    ),
    "EK294": Finding(
        "error", "{question} 为必答题,{count} 份答卷没有填写", "{question} is required; respondents without an answer: {count}",
        "请在平台上把该题设为必答,或去掉问卷中的 required", "make it required on the platform, or take required: out of the questionnaire",
    ),
    "EK295": Finding(
        "warning", "{question} 应当回答,平台却让 {count} 份答卷跳过了", "{question} was to be asked, but the platform skipped it; respondents: {count}",
        "请核对平台上的跳转设置和问卷的 ask_if", "check the skip logic of the platform against ask_if of the questionnaire",
    ),
    "EK296": Finding(
        "error", "有 {count} 份答卷的各行在 “{column}” 列填得不一致,没有计入", "respondents whose rows disagree in the column “{column}”, and who are left out: {count}",
        "同一份答卷的各行应当相同", "all rows of a respondent must say the same",
    ),
    "EK297": Finding(
        "error", "有 {count} 份答卷对 {key} 有多个答案,都不计入", "respondents with several answers to {key}, of which none is counted: {count}",
        "每份答卷对每个答案只能占一行", "a respondent has one row an answer",
    ),
    "EK298": Finding(
        "note", "没有答卷编号列,以行号代替", "there is no column of respondent ids; the number of the row serves",
    ),
    "EK299": Finding(
        "warning", "单位 {unit} 既交回了问卷工作簿,又有 {count} 份在线答卷;工作簿按一份答卷计", "unit {unit} returned a workbook and has respondents in exports ({count}); the workbook counts as one respondent",
        "如非有意,请只保留一种", "keep only one of them if this is not meant",
    ),
    "EK330": Finding(
        "error", "header 应有且只有一行 heading,现有 {count} 行", "header must have one row “heading”, it has {count}",
        "按文件的表头行写,如 [heading, text, unused]", "name the header rows as the file has them, such as [heading, text, unused]",
    ),
    "EK331": Finding(
        "error", "列名格式 “{pattern}” 不能用:要有 code、number、text 之一,占位符只能是 code、number、text、item、place、any,各用一次", "the pattern “{pattern}” cannot be used: it needs code, number or text, and may have code, number, text, item, place and any, each once",
        "如 {{number}}、{{text}} 或 {{code}}[{{item}}]", "such as {{number}}. {{text}} or {{code}}[{{item}}]",
    ),
    "EK332": Finding(
        "error", "“{pattern}” 应当有 option 和 text 两个占位符", "“{pattern}” must have the placeholders option and text",
        "如 {{option}}〖{{text}}〗", "such as {{option}}〖{{text}}〗",
    ),
    "EK333": Finding(
        "error", "“{name}” 同时写在 {first} 和 {second} 下,意思不能确定", "“{name}” stands under {first} and {second}; it can mean only one of them",
        "请只留一处", "leave it in one place",
    ),
}  # fmt: skip
