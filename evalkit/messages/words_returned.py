"""Words about returned workbooks, their marked copies and corrections: key -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping

RETURNED_WORDS: Mapping[str, tuple[str, str]] = {
    "condition_wave": ("本期年份", "the year of this wave"),
    "answers_differ": ("{count} 格不同({codes})", "whose answers differ in {count}: {codes}"),
    "answers_equal": ("所填相同", "whose answers are the same"),
    "questions_added": ("新增 {codes}", "added {codes}"),
    "questions_removed": ("删去 {codes}", "removed {codes}"),
    "questions_answer": ("选项、类型或计量单位有改动 {codes}", "other options, type or unit {codes}"),
    "questions_wording": ("措辞、范围或跳转有改动 {codes}", "other wording, limits or skip rule {codes}"),
    "copy_how": (
        "红色为错误,黄色为警告,蓝色为提示;点“位置”一列可前往该格,批注里有同样的说明。",
        "Red is an error, yellow a warning, blue a note; click a place to go to its cell, whose comment says the same.",
    ),
    "copy_send_back": (
        "请在答案格中改正,保存后交回本工作簿。",
        "Please correct the answers, save, and send this workbook back.",
    ),
    "copy_without_pictures": (
        "原件中的图片和图形不在本副本中:请在原件上改正后交回原件。",
        "The pictures and drawings of the original are not in this copy: correct the original and send that back.",
    ),
    "sheet_corrections": ("更正", "Corrections"),
    "correction_rating": ("拨测记录或答卷", "Rating or respondent"),
    "correction_read": ("原填", "As read"),
    "correction_counted": ("更正后", "Corrected to"),
    "correction_by": ("更正人", "By"),
    "correction_date": ("日期", "Date"),
    "note_corrections": (
        "原件未改动;这里列出按更正台账改动的每一格,原填与更正后并列",
        "the originals were left as they are; here is each cell that the ledger of corrections changed, both values side by side",
    ),
}
