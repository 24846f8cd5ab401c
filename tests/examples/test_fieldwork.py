"""From ``init`` to a ranking by the commands alone, through workbooks that people have filled in as people do."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

import evalkit as package
from evalkit import library
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.evaluate import Evaluation
from evalkit.observations import STATUSES
from tests.cli.terminal import Done, evalkit
from tests.examples.fieldwork import (
    ALIAS,
    ASKED_FOR_PROOF,
    UNITS,
    Paper,
    Side,
    copy_to_new_workbook,
    delete_rows_and_add_columns,
    leave_a_formula,
    meant,
    misread_the_rules,
    paste_over,
    proof,
    sort_and_rename,
)

SIDES: tuple[Side, ...] = ("zh", "en")
HABITS: dict[str, Callable[[Paper], None]] = {
    "U02": paste_over,
    "U03": delete_rows_and_add_columns,
    "U04": sort_and_rename,
    "U05": leave_a_formula,
    "U06": copy_to_new_workbook,
    "U07": misread_the_rules,
}
RETURNED_AS = {"U04": f"{ALIAS}(盖章版).xlsx", "U06": "关于报送问卷的函.xlsx"}
FAULTS = {("EK203", "U02"), ("EK211", "U05"), ("EK228", "U01")}
LEDGER = {
    "zh": ("单位", "题目", "原值", "新值", "理由", "更正人", "日期"),
    "en": ("unit", "question", "old", "new", "reason", "by", "date"),
}


@dataclass
class Fieldwork:
    """A study on its way, in one language; what each command said is kept."""

    folder: Path
    side: Side
    questionnaire: Questionnaire
    done: dict[str, Done] = field(default_factory=dict)
    sent_back: dict[str, bytes] = field(default_factory=dict)

    @property
    def study(self) -> Path:
        return self.folder / "study.yaml"

    @property
    def responses(self) -> Path:
        return self.folder / "responses"

    def command(self, step: str, *arguments: object) -> Done:
        """Run a command in the language of the study."""
        self.done[step] = evalkit(*arguments, "--lang", self.side)
        return self.done[step]

    def form(self, unit: str) -> Path:
        return self.folder / "forms" / f"{unit} {UNITS[unit]}.xlsx"

    def returned(self, unit: str) -> Path:
        return self.responses / RETURNED_AS.get(unit, self.form(unit).name)

    def meant(self, unit: str) -> dict[str, str]:
        return meant(self.questionnaire, list(UNITS).index(unit))

    def fill(self, unit: str) -> None:
        """Fill in a form as the unit is used to, and send it back."""
        paper = Paper(self.form(unit), self.side)
        paper.fill(self.questionnaire, self.meant(unit))
        if unit in HABITS:
            HABITS[unit](paper)
        paper.save(self.returned(unit))

    def correct(self, *lines: tuple[str, ...]) -> None:
        """Write the ledger of corrections, in Chinese as WPS saves a CSV."""
        encoding = "gb18030" if self.side == "zh" else "utf-8-sig"
        with (self.folder / "corrections.csv").open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows([LEDGER[self.side], *lines])


def begun(folder: Path, side: Side) -> Fieldwork:
    """Start the study, list the units, ask for proof in three questions of a copy of the questionnaire."""
    study = folder / "study"
    first = evalkit("init", study, "--lang", side)
    source = library.root() / "surveys" / "digital-transformation.yaml"
    text = source.read_text(encoding="utf-8")
    for code in ASKED_FOR_PROOF:
        text = text.replace(f"- code: {code}\n", f"- code: {code}\n        evidence: true\n")
    (study / "questionnaire.yaml").write_text(text, encoding="utf-8")
    settings = (study / "study.yaml").read_text(encoding="utf-8")
    settings = settings.replace("questionnaire: builtin:digital-transformation", "questionnaire: questionnaire.yaml")
    (study / "study.yaml").write_text(settings, encoding="utf-8")
    with (study / "units.csv").open("w", encoding="utf-8-sig", newline="") as file:
        rows = [(unit, name, "地级市", "华东", ALIAS if unit == "U04" else "") for unit, name in UNITS.items()]
        csv.writer(file).writerows([("unit", "name", "class", "region", "aliases"), *rows])
    loaded = package.load(study / "study.yaml").bundle.questionnaire
    assert loaded is not None
    return Fieldwork(study, side, loaded[0], {"init": first})


def carried_out(folder: Path, side: Side) -> Fieldwork:
    """The whole way."""
    work = begun(folder, side)
    work.command("template", "template", work.study, "--out", work.folder / "forms")
    for unit in list(UNITS)[:-1]:
        work.fill(unit)
    shutil.copy(work.returned("U01"), work.responses / f"U01 {UNITS['U01']}(1).xlsx")
    work.sent_back = {path.name: path.read_bytes() for path in work.responses.iterdir()}
    copies = work.folder / "copies"
    work.command("check", "check", work.study, "--annotate", copies, "--format", "json")

    (work.responses / f"U01 {UNITS['U01']}(1).xlsx").unlink()
    mended = Paper(copies / work.returned("U05").name, side)
    mended.enter("Q04.total", float(work.meant("U05")["Q04.total"]))
    mended.save(work.returned("U05"))
    work.fill("U08")
    signed = ("电话核实 confirmed by phone", "王", "2026-03-01")
    number, yes_or_no = work.meant("U02")["Q33"], work.meant("U03")["Q09"]
    work.correct(("U02", "Q33", "约四成", number, *signed))
    work.command("wrong ledger", "check", work.study, "--format", "json")
    work.correct(("乙市", "Q33", "约三成", number, *signed), ("U03", "Q09", "", yes_or_no, *signed))
    work.command("run", "run", work.study, "--out", work.folder / "results", "--format", "json", "--strict")
    return work


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> dict[Side, Fieldwork]:
    return {side: carried_out(tmp_path_factory.mktemp(side), side) for side in SIDES}


@pytest.fixture(params=SIDES)
def work(request: pytest.FixtureRequest, works: dict[Side, Fieldwork]) -> Fieldwork:
    return works[request.param]


@pytest.fixture
def result(work: Fieldwork) -> Evaluation:
    return package.read(work.folder / "results")


def faults(done: Done, severity: str = "error") -> set[tuple[str, str]]:
    return {(each["code"], each["unit"]) for each in done.json["problems"] if each["severity"] == severity}


def observed(result: Evaluation) -> pd.DataFrame:
    """The answers by unit and key."""
    cells = result["observations"]
    keys = cells["question"].where(cells["item"] == "", cells["question"] + "." + cells["item"])
    return cells.assign(key=keys).set_index(["unit", "key"])


def test_each_command_ends_as_it_should(work: Fieldwork) -> None:
    codes = {step: done.code for step, done in work.done.items()}
    assert codes == {"init": 0, "template": 0, "check": 1, "wrong ledger": 1, "run": 0}
    assert len(list((work.folder / "forms").iterdir())) == len(UNITS)


def test_the_check_finds_what_people_did_and_nothing_else(work: Fieldwork) -> None:
    done = work.done["check"]
    assert faults(done) == FAULTS
    warned = {found for found in faults(done, "warning") if found[0][:3] == "EK2" or found[0] == "EK326"}
    assert warned == {("EK209", "U07"), ("EK231", "U08"), ("EK233", "U03"), ("EK326", "U07")}
    typed_oddly = {each["question"] for each in done.json["problems"] if each["code"] == "EK214"}
    assert typed_oddly == {"Q04", "Q27"}


def test_the_copies_show_the_faults_and_the_originals_stay(work: Fieldwork) -> None:
    copies = {path.name for path in (work.folder / "copies").iterdir()}
    marked = {
        Path(each["file"]).name
        for each in work.done["check"].json["problems"]
        if each["file"] and each["file"].endswith(".xlsx") and each["severity"] != "note"
    }
    assert {work.returned(unit).name for unit in ("U02", "U05", "U07")} <= marked
    assert copies == marked | {"problems.xlsx"}
    for each in work.done["check"].json["problems"]:
        if each["code"] in {"EK203", "EK209", "EK211", "EK326"}:
            book: Any = openpyxl.load_workbook(work.folder / "copies" / Path(each["file"]).name)
            comment = book[each["sheet"]][each["cell"]].comment
            assert comment is not None, each
            assert each["message"] in comment.text
    again = {path.name: path.read_bytes() for path in work.responses.iterdir() if path.name in work.sent_back}
    changed = {name for name, data in again.items() if data != work.sent_back[name]}
    assert changed == {work.returned("U05").name}


def test_a_correction_that_matches_nothing_is_an_error(work: Fieldwork) -> None:
    assert ("EK260", "U02") in faults(work.done["wrong ledger"])


def test_every_file_and_cell_is_accounted_for(work: Fieldwork, result: Evaluation) -> None:
    files = result["files"]
    cells = len(work.questionnaire.cell_keys)
    assert sorted(files["unit"]) == list(UNITS)
    assert set(files["state"]) == {"read"}
    assert (files["expected"] == cells).all()
    assert (files[list(STATUSES)].sum(axis=1) == cells).all()
    assert len(result["observations"]) == cells * len(UNITS)
    counted = result["observations"]["status"].value_counts().reindex(STATUSES, fill_value=0)
    assert counted.to_dict() == files[list(STATUSES)].sum().to_dict()
    told = work.done["run"].json["cells"]
    assert {name: told[name] for name in STATUSES} == counted.to_dict()
    rows = files.set_index("unit")[["rows_missing", "rows_unknown"]]
    assert rows[rows.any(axis=1)].to_dict("index") == {"U03": {"rows_missing": 1, "rows_unknown": 0}}


def test_every_answer_is_read_as_it_was_meant(work: Fieldwork, result: Evaluation) -> None:
    found = observed(result)
    for unit in UNITS:
        wanted = dict.fromkeys(work.questionnaire.cell_keys, ("skipped", ""))
        wanted |= {key: ("ok", value) for key, value in work.meant(unit).items()}
        if unit == "U07":
            wanted |= {"Q22": ("not_applicable", ""), "Q29": ("blank", "")}
        cells = found.loc[unit]
        assert dict(zip(cells.index, zip(cells["status"], cells["value"], strict=True), strict=True)) == wanted, unit


def test_the_proof_that_was_given_stands_with_the_answers(result: Evaluation) -> None:
    cells = result["observations"]
    given = cells[cells["evidence"] != ""]
    expected = {(unit, code) for unit in UNITS for code in ASKED_FOR_PROOF} - {("U07", "Q33")}
    assert set(zip(given["unit"], given["question"], strict=True)) == expected
    assert len(given) == len(expected)
    assert (given["evidence"] == given["question"].map(proof)).all()
    assert (given["evidence_cell"] != "").all()


def test_corrections_stand_beside_what_was_read(work: Fieldwork, result: Evaluation) -> None:
    found = observed(result)
    corrected = found[found["correction"] != ""]
    assert list(corrected.index) == [("U02", "Q33"), ("U03", "Q09")]
    assert list(corrected["raw"]) == ["约三成", ""]
    measures = result["parts"]
    indicator = measures.loc[measures["question"] == "Q33", "indicator"].iloc[0]
    said = evalkit("explain", work.folder / "results", "乙市", indicator, "--lang", work.side)
    assert said.code == 0
    assert "约三成" in said.out
    assert work.meant("U02")["Q33"] in said.out
    assert proof("Q33") in said.out


def test_everybody_is_ranked_and_every_score_adds_up(work: Fieldwork, result: Evaluation) -> None:
    assert work.done["run"].json["ranked"] == len(UNITS)
    assert len(result.ranking()) == len(UNITS)
    for unit in UNITS:
        explained = evalkit("explain", work.folder / "results", unit, "--format", "json")
        assert (explained.code, explained.json["adds_up"]) == (0, True)


def test_the_language_changes_no_score(works: dict[Side, Fieldwork]) -> None:
    zh, en = (package.read(works[side].folder / "results") for side in SIDES)
    for table in ("measures", "scores", "ranks"):
        pd.testing.assert_frame_equal(zh[table], en[table])
