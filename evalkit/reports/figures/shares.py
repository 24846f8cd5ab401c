"""Charts of the questionnaire: a chart a question, a bar an option."""

from __future__ import annotations

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, choose, word
from evalkit.reports.figures.figure import Figure
from evalkit.reports.outline.sheet import Column, Sheet, notice, records


def shares(evaluation: Evaluation, language: Language) -> Figure | None:
    """Return the shares of the options, question by question; None where no question has any."""
    table = evaluation["shares"]
    table = table[table["share"].notna()]
    known = records(table.assign(first=~table["question"].duplicated()))
    if not known:
        return None
    columns = (
        Column(word("question", language), "long", 44),
        Column(word("option", language), "text", 14),
        Column(word("label", language), "long", 30),
        Column(word("share_n", language), "integer", 10),
        Column(word("share_base", language), "integer", 10),
        Column(word("share_share", language), "percent", 10),
    )
    rows = [
        [
            f"{row['question']} {choose(language, row['text_zh'], row['text_en'])}" if row["first"] else "",
            row["option"],
            choose(language, row["label_zh"], row["label_en"]) or row["option"],
            row["n"],
            row["base"],
            row["share"],
        ]
        for row in known
    ]
    sheet = Sheet(word("figure_shares", language), columns, rows, notice(evaluation, language), frozen=0)
    return Figure("shares", "shares", sheet, 2, (5,), axis=5, panel=0)
