"""``evalkit explain``."""

from __future__ import annotations

import copy
import hashlib
import json
from pathlib import Path

import pytest

from evalkit.definitions.questionnaire import Questionnaire
from evalkit.messages import LANGUAGES
from evalkit.reports.template import write_form
from tests.cli.terminal import evalkit
from tests.conftest import FORM_TREE
from tests.small_studies import QUESTIONNAIRE, form_study, write_yaml


def test_score_is_walked_down_to_the_cells(form_folder: Path) -> None:
    done = evalkit("explain", form_folder, "U1", "--lang", "en")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("U1 甲市\nROOT Index = 79.1667   (rank 1 of 3)\n")
    assert "    Q4 scale: 100 x 0.7500\n" in done.out
    assert "“best” = best   responses/U1.xlsx 第一部分 Part one!" in done.out
    assert done.out.endswith("checked: every score can be computed again from what is below it\n")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "Q4 读到“best”,更正为 worst:电话核实, 非最好, 王芳, 2020-12-01   responses/U1.xlsx 第一部分 Part one!"),
        ("en", "Q4 read “best”, corrected to worst: 电话核实, 非最好, 王芳, 2020-12-01   responses/U1.xlsx"),
    ],
)
def test_a_correction_stands_beside_what_was_read(corrected_folder: Path, language: str, said: str) -> None:
    done = evalkit("explain", corrected_folder, "U1", "MIXED", "--lang", language)
    assert done.code == 0
    assert said in done.out
    assert "Q4 scale: 0 x 0.7500" in done.out


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "Q6.net 读到“”,更正为 不适用:"), ("en", "Q6.net read “”, corrected to not applicable:")],
)
def test_an_answer_that_a_correction_takes_away_is_shown_too(corrected_folder: Path, language: str, said: str) -> None:
    assert said in evalkit("explain", corrected_folder, "U3", "--lang", language).out


def test_json_has_the_value_read_the_value_counted_and_the_correction(corrected_folder: Path) -> None:
    document = evalkit("explain", corrected_folder, "U1", "MIXED", "--format", "json").json
    cell = document["step"]["parts"][0]["cells"][0]
    assert (cell["raw"], cell["value"], cell["status"]) == ("best", "worst", "ok")
    assert cell["correction"] == "best -> worst; 电话核实, 非最好; 王芳; 2020-12-01"


@pytest.mark.parametrize(("language", "label"), [("zh", "佐证"), ("en", "evidence")])
def test_proof_stands_with_the_answer_that_it_belongs_to(tmp_path: Path, language: str, label: str) -> None:
    path = form_study(tmp_path / "study", FORM_TREE, {})
    questions = copy.deepcopy(QUESTIONNAIRE)
    for question in questions["sections"][0]["questions"]:
        if question["code"] in {"Q1", "Q6"}:
            question["evidence"] = True
    write_yaml(path.parent / "form.yaml", questions)
    asking, target = Questionnaire.model_validate(questions), path.parent / "responses" / "U1.xlsx"
    answers: dict[str, str | float] = {"Q1": "是", "Q6.net": 30, "Q6.total": 60}
    write_form(asking, target, unit="U1", answers=answers, evidence={"Q1": "〔2020〕1号", "Q6": "年报"})
    evalkit("run", path, "--out", tmp_path / "out")
    done = evalkit("explain", tmp_path / "out", "U1", "--lang", language)
    lines = [line.strip() for line in done.out.splitlines() if label in line]
    assert [line.partition("   ")[0] for line in lines] == [f"{label} “〔2020〕1号”", f"{label} “年报”"]
    assert all("responses/U1.xlsx 第一部分 Part one!G" in line for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_unit_without_data_is_explained_too(form_folder: Path, language: str) -> None:
    done = evalkit("explain", form_folder, "丁市", "--lang", language)
    assert done.code == 0
    assert ("no score" in done.out) == (language != "zh")


def test_one_node_as_json(form_folder: Path) -> None:
    document = evalkit("explain", form_folder, "U2", "MIXED", "--format", "json").json
    assert (document["unit"], document["step"]["node"], document["adds_up"]) == ("U2", "MIXED", True)
    assert [part["value"] for part in document["step"]["parts"]] == [50, None]
    assert document["problems"] == []


@pytest.mark.parametrize(("arguments", "code"), [(("U7",), "EK242"), (("U1", "MIXD"), "EK318")])
def test_unknown_name_is_a_finding(form_folder: Path, arguments: tuple[str, ...], code: str) -> None:
    done = evalkit("explain", form_folder, *arguments, "--format", "json")
    assert (done.code, done.codes()) == (1, [code])
    done = evalkit("explain", form_folder, *arguments)
    assert (done.code, done.out) == (1, "")
    assert code in done.err


def test_table_that_was_changed_is_found_out(values_folder: Path) -> None:
    table = values_folder / "tables" / "scores.csv"
    text = table.read_text(encoding="utf-8-sig")
    assert text.count("U1,A,1,70.0,") == 1
    table.write_text(text.replace("U1,A,1,70.0,", "U1,A,1,70.01,"), encoding="utf-8-sig")
    refused = evalkit("explain", values_folder, "U1", "--format", "json")
    assert (refused.code, refused.codes()) == (3, ["EK012"])
    manifest = values_folder / "run.json"
    stated = json.loads(manifest.read_text(encoding="utf-8"))
    stated["tables"]["scores"] = hashlib.sha256(table.read_bytes()).hexdigest()  # as somebody who wants to be believed
    manifest.write_text(json.dumps(stated), encoding="utf-8")
    done = evalkit("explain", values_folder, "U1", "--lang", "en")
    assert done.code == 1
    assert "  [!] A Dimension A = 70.0100" in done.out
    assert done.out.splitlines()[-1].startswith("does not add up!")
    assert evalkit("explain", values_folder, "U2").code == 0
