"""The layout that the writer and the reader of a questionnaire workbook share: headers, stamp, tokens."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from evalkit.definitions.questionnaire import Questionnaire

CODE_HEADER = ("代码", "Code")
QUESTION_HEADER = ("题目", "Question")
ITEM_HEADER = ("选项/分项", "Option or part")
ANSWER_HEADER = ("答案", "Answer")
UNIT_HEADER = ("单位", "Unit")
NOTE_HEADER = ("填写说明", "How to fill in")
EVIDENCE_HEADER = ("佐证材料", "Evidence")

META_SHEET = "_meta"
META_QUESTIONS = "questions"
"""First cell of the rows of the hidden sheet that hold the digests of the questions."""
CHOICES_SHEET = "_choices"
TICK = "√"
TICKED = frozenset({TICK, "✓", "✔", "☑", "1", "1.0", "是", "yes", "y", "true"})
NOT_TICKED = frozenset({"0", "0.0", "否", "no", "n", "false", "☐"})
NOT_APPLICABLE = frozenset({"不适用", "n/a", "na", "n.a.", "not applicable"})
ERROR_VALUES = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
_STAMP = re.compile(
    r"evalkit:(?P<questionnaire>[^;]+);version=(?P<version>[^;]*);hash=(?P<hash>[^;]*);unit=(?P<unit>.*)"
)
_WITHOUT_EVIDENCE = {"__all__": {"questions": {"__all__": {"evidence"}}}}


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which questionnaire a workbook is, in which version, for which unit (empty: a blank form)."""

    questionnaire: str
    version: str
    hash: str
    unit: str

    def __str__(self) -> str:
        """Return the visible line that is written on every sheet."""
        return f"evalkit:{self.questionnaire};version={self.version};hash={self.hash};unit={self.unit}"


def parse_stamp(text: str) -> Stamp | None:
    """Return the stamp in a visible line, or nothing."""
    found = _STAMP.fullmatch(text.strip())
    return Stamp(**found.groupdict()) if found else None


def stamp(questionnaire: Questionnaire, unit: str) -> Stamp:
    """Return the stamp of a form; the hash is of the definition's content, not of its file.

    The checks across questions are left out of it: whoever fills in the form does not see them, and a check that is
    added later must not turn the forms already sent into another version. The evidence that questions ask for counts
    where there is any, so that forms without it keep the hash that they were sent with.
    """
    content = questionnaire.model_dump_json(exclude={"checks": True, "sections": _WITHOUT_EVIDENCE})
    asked = [question.model_dump_json(include={"code", "evidence"}) for question in questionnaire.with_evidence]
    digest = hashlib.sha256("".join([content, *asked]).encode()).hexdigest()[:16]
    return Stamp(questionnaire.id, questionnaire.version, digest, unit)
