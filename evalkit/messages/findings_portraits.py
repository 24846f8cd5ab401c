"""EK440 to EK449: portraits of respondents."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK440": Finding(
        "warning",
        "about: {about} 有 {count} 种不同的取值,超过 {most} 种,没有做画像",
        "about: {about} has {count} different values, more than {most}; no portraits were made of it",
        "请改用分类的列(如承办部门、诉求类别),不要用编号、时间或自由填写的内容",
        "name a column that sorts respondents into kinds, such as a department, not ids, times or free text",
    ),
    "EK441": Finding(
        "note",
        "about: {about} 在 {all} 份答卷中有 {count} 份没有内容,不进入它的画像",
        "about: {about} says nothing of {count} of {all} respondents, who are in none of its portraits",
        "请核对该列是否漏填",
        "see whether the column was left open by mistake",
    ),
}
