"""The workbooks of the example are what its script makes, and say on every sheet that they are synthetic."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from python_calamine import CalamineWorkbook

from evalkit.evaluate import Evaluation, Project

CITIES = Path(__file__).parents[2] / "examples" / "cities79"


@pytest.fixture(scope="module")
def make() -> ModuleType:
    spec = importlib.util.spec_from_file_location("cities79_make", CITIES / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["cities79_make"] = module
    spec.loader.exec_module(module)
    return module


def test_workbooks_hold_the_answers_that_the_script_draws(
    make: ModuleType, project: Project, evaluation: Evaluation
) -> None:
    assert project.bundle.questionnaire is not None
    drawn = {
        (unit, key): str(answer)
        for unit, _, answers in make.filled_forms(project.bundle.questionnaire[0])
        for key, answer in answers.items()
    }
    cells = evaluation["observations"]
    filled = cells[cells["raw"] != ""]
    keys = filled["question"].where(filled["item"] == "", filled["question"] + "." + filled["item"])
    assert dict(zip(zip(filled["unit"], keys, strict=True), filled["raw"], strict=True)) == drawn


def test_every_sheet_says_that_the_answers_are_synthetic(project: Project) -> None:
    assert project.bundle.study.notice is not None
    notice = project.bundle.study.notice.zh
    workbooks = sorted((CITIES / "responses").glob("*.xlsx"))
    assert len(workbooks) == 79
    for path in workbooks:
        book = CalamineWorkbook.from_path(path)
        shown = [name for name in book.sheet_names if not name.startswith("_")]
        assert len(shown) == 4
        for name in shown:
            texts = [str(cell) for row in book.get_sheet_by_name(name).to_python(nrows=10) for cell in row]
            assert any(notice in text for text in texts), f"{path.name} {name}"


def test_example_shows_what_really_happens_and_has_no_error(evaluation: Evaluation) -> None:
    problems = evaluation["problems"]
    assert set(problems["severity"]) == {"note"}
    assert set(problems["code"]) == {"EK214", "EK268", "EK272", "EK274"}
    assert problems.loc[problems["code"] == "EK214", "unit"].nunique() == 4
    counts = evaluation["files"][["blank", "skipped", "not_applicable"]].sum()
    assert (counts > 0).all()
    assert len(evaluation.ranking()) == 79


def test_the_answers_pass_the_checks_and_few_of_them_stand_out(project: Project, evaluation: Evaluation) -> None:
    assert project.bundle.questionnaire is not None
    assert "volumes_add_up" in {check.id for check in project.bundle.questionnaire[0].checks}
    counts = evaluation["problems"]["code"].value_counts()
    assert not {"EK270", "EK271"} & set(counts.index)
    numbers = sum(
        len(question.keys) for question in project.bundle.questionnaire[0].questions.values() if question.min == 0
    )
    assert counts["EK274"] < 0.01 * numbers * 79
    assert counts["EK272"] < 0.1 * 79


def test_two_workbooks_are_known_by_an_alias(evaluation: Evaluation) -> None:
    names = evaluation["units"].set_index("unit")["name"]
    files = evaluation["files"]
    aliased = {
        unit: Path(file).stem
        for unit, file in zip(files["unit"], files["file"], strict=True)
        if Path(file).stem != names[unit]
    }
    assert aliased == {"U07": "华东七市", "U60": "西南03"}


def test_totals_are_shared_out_exactly(make: ModuleType) -> None:
    assert make.share_out(10, make.np.array([1.0, 1.0, 1.0])).tolist() == [4, 3, 3]
    assert make.share_out(0, make.np.array([2.0, 1.0])).tolist() == [0, 0]
