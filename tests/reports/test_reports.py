"""What all writers of this floor share: text from outside never becomes a formula or a link to elsewhere."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import evalkit
from evalkit.problems import Place
from evalkit.reports.annotate import annotate
from evalkit.reports.forms import write_forms
from evalkit.reports.xlsform import write_xlsform
from evalkit.sources import delimited
from evalkit.sources.formula_text import protected
from tests.cli.terminal import evalkit as command
from tests.conftest import FILLED, FORM_TREE
from tests.small_studies import QUESTIONNAIRE, form_study, run
from tests.sources.hostile_files import unzipped

UNITS = ("=HYPERLINK(1)", "@SUM(1+1)", "-2+3+cmd|'x'!A0", "＝HYPERLINK(2)")
TEXT = '=HYPERLINK("http://evil.example","x")'
WITHIN = '"&HYPERLINK("http://evil.example","x")&"'
SIGNS = re.compile(r"'*\s*[=+\-@＝＋－＠]")
NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", re.IGNORECASE)
QUOTED = re.compile(r"""\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'""")
FORMULA = re.compile(r"<(?:\w+:)?(f|formula\d?|definedName)\b[^>]*>(.*?)</", re.DOTALL)


def hostile_questionnaire() -> dict[str, Any]:
    """The small questionnaire, whose words are formulas."""
    content: dict[str, Any] = json.loads(json.dumps(QUESTIONNAIRE))
    content["name"] = TEXT
    for section in content["sections"]:
        section["name"] = TEXT
        for question in section["questions"]:
            question["text"] = question["help"] = f"{TEXT} {question['code']}"
            for option in question.get("options", []):
                option["name"] = f"{WITHIN} {option['code']}"
            for part in question.get("parts", []):
                part["name"] = f"+{TEXT} {part['code']}"
    return content


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study in which all that people write is a formula."""
    monkeypatch.setattr("tests.small_studies.QUESTIONNAIRE", hostile_questionnaire())
    register = [("unit", "name", "class", "aliases"), *((unit, f"+{unit}", f"@{unit}", f"-{unit}") for unit in UNITS)]
    answers = zip(UNITS, FILLED.values(), strict=False)
    filled = {unit: {**given, "Q10": TEXT, "Q4": WITHIN, "Q5": TEXT} for unit, given in answers}
    notice = {"zh": TEXT, "en": TEXT}
    return form_study(tmp_path / "study", FORM_TREE, filled, register=register, notice=notice, name=notice)


def formulas(data: bytes) -> Iterator[str]:
    """All that a spreadsheet computes, without the texts and names of sheets between quotes in it."""
    for name, content in unzipped(data).items():
        if name.endswith(".rels"):
            assert b"External" not in content
        if name.endswith(".xml") and name.startswith("xl/"):
            for _, formula in FORMULA.findall(content.decode()):
                yield QUOTED.sub("", html.unescape(formula))


def assert_computes_nothing_from_outside(path: Path) -> None:
    for formula in formulas(path.read_bytes()):
        assert not re.search(r"HYPERLINK|cmd|SUM\(1|evil", formula), formula


def assert_harmless_csv(text: str) -> int:
    count = 0
    for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")):
        for cell in row:
            assert not SIGNS.match(cell) or cell.startswith("'") or NUMBER.fullmatch(cell)
            count += cell.startswith("'")
    return count


def test_a_run_writes_no_formula_and_reads_its_texts_back(study: Path, tmp_path: Path) -> None:
    evaluation = run(study)
    out = evalkit.write(evaluation, tmp_path / "out", language="both")
    assert_computes_nothing_from_outside(out / "results.xlsx")
    tables = sorted((out / "tables").glob("*.csv"))
    assert sum(assert_harmless_csv(path.read_bytes().decode()) for path in tables) > len(UNITS)
    register, problems = delimited.read((out / "tables" / "units.csv").read_bytes(), Place())
    assert problems == []
    assert register is not None
    assert [tuple(cells[:2]) for _, cells in register.rows] == [(unit, f"+{unit}") for unit in UNITS]


def test_forms_and_copies_and_the_list_of_findings_compute_nothing_from_outside(study: Path, tmp_path: Path) -> None:
    project = evalkit.load(study)
    written, _ = write_forms(project.bundle, tmp_path / "forms")
    copies, _ = annotate(project, project.check(), tmp_path / "copies")
    assert (written, copies) == (len(UNITS), 3)
    assert project.bundle.questionnaire is not None
    write_xlsform(project.bundle.questionnaire[0], tmp_path / "forms" / "xlsform.xlsx")
    paths = sorted(tmp_path.glob("forms/*.xlsx")) + sorted(tmp_path.glob("copies/*.xlsx"))
    assert len(paths) == len(UNITS) + 1 + 3 + 1
    for path in paths:
        assert_computes_nothing_from_outside(path)


@pytest.mark.parametrize("arguments", [("check",), ("rank",)])
def test_tables_printed_as_csv_hold_no_formula(study: Path, arguments: tuple[str, ...]) -> None:
    done = command(*arguments, study, "--format", "csv")
    assert UNITS[0] in done.out
    assert assert_harmless_csv(done.out) > 0


@pytest.mark.parametrize("text", ["-5", "-0.25", "+1e-07"])
def test_negative_numbers_stay_numbers(text: str) -> None:
    assert protected(text) == text
