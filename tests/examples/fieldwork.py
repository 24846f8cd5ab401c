"""Eight cities fill in a questionnaire as people do: the answers they mean, and what they do to the workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import openpyxl

from evalkit.definitions.questionnaire import Question, Questionnaire

Side = Literal["zh", "en"]
Value = str | float
Change = Callable[[Any], None]
"""What somebody does to an open workbook of openpyxl."""

UNITS = {
    "U01": "甲市", "U02": "乙市", "U03": "丙市", "U04": "丁市", "U05": "戊市", "U06": "己市", "U07": "庚市",
    "U08": "辛市",
}  # fmt: skip
ALIAS = "丁市12345热线"
ASKED_FOR_PROOF = ("Q02", "Q08", "Q33")
ASKED_IF = {
    **dict.fromkeys(("Q24", "Q25"), ("Q23", {"yes"})),
    **dict.fromkeys(("Q39", "Q40", "Q41", "Q43", "Q44"), ("Q38", {"yes"})),
}
ANSWER = {"zh": "答案", "en": "Answer"}
EVIDENCE = {"zh": "佐证材料", "en": "Evidence"}


def meant(questionnaire: Questionnaire, row: int) -> dict[str, str]:
    """What a city means, by key, as the observations are to have it; nothing for what it is not asked."""
    answers: dict[str, str] = {}
    for number, question in enumerate(questionnaire.questions.values()):
        on, wanted = ASKED_IF.get(question.code, ("", set()))
        if not question.is_asked or (on and answers[on] not in wanted):
            continue
        draw = (row * 7 + number * 3) % 11
        if question.type == "multiple":
            answers |= {key: str(int((draw + index) % 3 > 0)) for index, key in enumerate(question.keys)}
        elif question.type in {"number", "numbers"}:
            answers |= {key: str(100 + 13 * draw + index) for index, key in enumerate(question.keys)}
        else:
            answers[question.code] = question.choices[draw % len(question.choices)].code
    answers |= {key: "1" for key in answers if key.startswith("Q01.")}
    volumes = [int(answers[key]) for key in questionnaire.questions["Q04"].keys if key != "Q04.total"]
    return answers | {"Q04.total": str(sum(volumes))}


def typed(question: Question, value: str, side: Side) -> Value | None:
    """What is entered for an answer: the label of the drop-down list, a tick, a number."""
    if question.type == "multiple":
        return "√" if value == "1" else None
    if question.type in {"number", "numbers"}:
        return float(value)
    option = question.choices[question.option_index[value]]
    return option.name.say(side)


class Paper:
    """A questionnaire workbook on somebody's screen: its cells by code, whatever the sheets and columns."""

    def __init__(self, path: Path, side: Side) -> None:
        self.path = path
        self.side = side
        self.book: Any = openpyxl.load_workbook(path)

    def tables(self) -> Iterator[tuple[Any, int]]:
        """Yield each sheet of questions with the row of its header."""
        for sheet in self.book.worksheets:
            for row in range(1, 8):
                if ANSWER[self.side] in [cell.value for cell in sheet[row]]:
                    yield sheet, row

    def cell(self, code: str, column: Mapping[str, str] = ANSWER) -> Any:  # noqa: ANN401 - a cell of openpyxl
        """The answer cell of a code, or that in another column, by its title."""
        for sheet, header in self.tables():
            titles = [cell.value for cell in sheet[header]]
            for row in range(header + 1, sheet.max_row + 1):
                if code in (sheet.cell(row, number + 1).value for number in range(2)):
                    return sheet.cell(row, titles.index(column[self.side]) + 1)
        raise KeyError(code)

    def enter(self, code: str, value: Value | None) -> None:
        """Type or paste something; what begins with = becomes a formula."""
        self.cell(code).value = value

    def fill(self, questionnaire: Questionnaire, answers: Mapping[str, str]) -> None:
        """Choose and type all answers, and say where the proof is."""
        for key, value in answers.items():
            question = questionnaire.questions[key.partition(".")[0]]
            self.enter(key, typed(question, value, self.side))
        for code in ASKED_FOR_PROOF:
            self.cell(questionnaire.questions[code].keys[0], EVIDENCE).value = proof(code)

    def save(self, path: Path) -> None:
        """Save under a name."""
        path.parent.mkdir(exist_ok=True)
        self.book.save(path)


def proof(code: str) -> str:
    """What every city writes as proof."""
    return f"政府公报〔2026〕{code}"


def paste_over(paper: Paper) -> None:
    """Paste over the validation: codes, other spellings, full-width digits, separators, and words for a number."""
    for code in ("Q06", "Q07", "Q09"):
        paper.enter(code, {"是": " ＹＥＳ ", "否": "no", "Yes": "是", "No": "　否"}[paper.cell(code).value])
    volume = paper.cell("Q27.annual").value
    paper.enter("Q27.annual", "".join(chr(ord("０") + int(digit)) for digit in str(int(volume))))
    total = paper.cell("Q04.total").value
    paper.enter("Q04.total", f"{total:,.0f}")
    paper.enter("Q33", "约三成")


def delete_rows_and_add_columns(paper: Paper) -> None:
    """Take out a row that nobody wanted to answer, and add columns for the own department."""
    for sheet, header in list(paper.tables()):
        unmerge(sheet)
        for row in range(sheet.max_row, header, -1):
            if sheet.cell(row, 1).value == "Q09":
                sheet.delete_rows(row)
        sheet.insert_cols(1)
        sheet.cell(header, 1, "责任处室")
        sheet.insert_cols(5)
        sheet.cell(header, 5, "备注")
        sheet.cell(header + 1, 5, "已核")


def sort_and_rename(paper: Paper) -> None:
    """Sort the rows from the last code to the first, and give the sheets other names."""
    for number, (sheet, header) in enumerate(list(paper.tables()), start=1):
        unmerge(sheet)
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=header + 1)]
        rows.sort(key=lambda row: str(row[0]), reverse=True)
        for index, row in enumerate(rows, start=header + 1):
            for column, value in enumerate(row, start=1):
                sheet.cell(index, column).value = value
        sheet.title = f"表{number}"


def leave_a_formula(paper: Paper) -> None:
    """Let Excel add up, in a program that does not save the result."""
    first, last = paper.cell("Q04.phone").coordinate, paper.cell("Q04.other").coordinate
    paper.enter("Q04.total", f"=SUM({first}:{last})")


def copy_to_new_workbook(paper: Paper) -> None:
    """Copy what can be seen into a new workbook, values only: no hidden sheet, no properties, no formats."""
    new = openpyxl.Workbook()
    new.remove(new.worksheets[0])
    for sheet in paper.book.worksheets:
        if sheet.sheet_state == "visible":
            copied: Any = new.create_sheet(sheet.title)
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is not None and cell.data_type != "f":
                        copied.cell(cell.row, cell.column, cell.value)
    paper.book = new


def misread_the_rules(paper: Paper) -> None:
    """Answer what is not asked, leave out an answer and a proof, and say that a question does not apply."""
    paper.enter("Q24", {"zh": "2011年及之前", "en": "2011 or earlier"}[paper.side])
    paper.enter("Q29", None)
    paper.enter("Q22", {"zh": "不适用", "en": "N/A"}[paper.side])
    paper.cell("Q33", EVIDENCE).value = None


def unmerge(sheet: Any) -> None:  # noqa: ANN401 - a worksheet of openpyxl
    """Take merged cells apart, as Excel asks for before it sorts."""
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
