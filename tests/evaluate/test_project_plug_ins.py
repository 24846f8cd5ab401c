"""Studies with plug-ins: never without being allowed, in every stage, with findings for whatever is wrong."""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import evalkit
from evalkit.definitions.schema import schema_text
from evalkit.evaluate.project import StudyError
from evalkit.problems import NOWHERE
from evalkit.registry import from_file, gathered
from tests.small_studies import TREE, VALUES, codes, form_study, values_study

EXAMPLE = Path(__file__).parents[2] / "examples" / "plug-ins" / "my_rules.py"
RULE = {"method": "plugin", "name": "diminishing", "settings": {"half": 1}}
LOG = {"method": "plugin", "name": "logarithmic", "settings": {"top": 99}}
FILLED = {"U1": {"Q3.web": "√", "Q3.app": "√", "Q3.mail": "√", "Q4": "best"}, "U2": {"Q3.web": "√", "Q4": "fair"}}


def tree(rule: dict[str, Any] = RULE, normalise: dict[str, Any] | None = None, mean: str = "weakest") -> dict[str, Any]:
    return {
        "id": "ROOT",
        "name": "R",
        "aggregate": f"plugin:{mean}",
        "children": [
            {
                "id": "X",
                "name": "X",
                "measure": {"question": "Q3", "rule": rule},
                "normalise": normalise or {"method": "none"},
            },
            {"id": "Y", "name": "Y", "measure": {"question": "Q4", "rule": {"method": "scale"}}},
        ],
    }


def study(folder: Path, content: dict[str, Any], text: str | None = None) -> Path:
    path = form_study(folder, content, FILLED, plugins=["my_rules.py"])
    shutil.copy(EXAMPLE, folder / "my_rules.py")
    if text is not None:
        (folder / "my_rules.py").write_text(text, encoding="utf-8")
    return path


def found(path: Path) -> list[str]:
    return [each.code for each in evalkit.load(path, allow_plugins=True).problems]


def test_code_of_a_study_is_not_run_unless_allowed(tmp_path: Path) -> None:
    path = study(tmp_path, tree(), "from pathlib import Path\nPath(__file__).with_name('ran').touch()\n")
    project = evalkit.load(path)
    assert [each.code for each in project.problems] == ["EK357"]
    assert (project.problems[0].place.file, dict(project.problems[0].params)["path"]) == ("study.yaml", "my_rules.py")
    with pytest.raises(StudyError):
        project.run()
    assert not (tmp_path / "ran").exists()
    evalkit.load(path, allow_plugins=True)
    assert (tmp_path / "ran").exists()


def test_rule_normalisation_and_mean_of_ones_own(tmp_path: Path) -> None:
    evaluation = evalkit.load(study(tmp_path, tree(normalise=LOG)), allow_plugins=True).run()
    scores = evaluation["scores"].pivot_table(index="unit", columns="node", values="score")
    for unit, ticks, scale in (("U1", 3, 100), ("U2", 1, 50)):
        raw = 100 * ticks / (ticks + 1)
        x = 100 * math.log(1 + raw) / math.log(100)
        assert scores.loc[unit, "X"] == pytest.approx(x)
        assert scores.loc[unit, "ROOT"] == pytest.approx(min(x, scale))
    assert set(codes(evaluation)) == {"EK231"}
    assert evaluation.ranking()["unit"].tolist() == ["U1", "U2"]  # whoever sent nothing earns nothing
    assert [(each["kind"], each["name"]) for each in evaluation.manifest["plugins"]] == [
        ("readers", "volumes"),
        ("rules", "diminishing"),
        ("normalisations", "logarithmic"),
        ("weightings", "deviation"),
        ("aggregations", "weakest"),
    ]
    assert "my_rules.py" in evaluation.manifest["inputs"]
    parts = evaluation["parts"]
    assert set(parts[parts["indicator"] == "X"]["rule"]) == {"plugin:diminishing"}


def test_a_run_with_plug_ins_is_explained_and_read_back_without_them(tmp_path: Path) -> None:
    evaluation = evalkit.load(study(tmp_path, tree(normalise=LOG)), allow_plugins=True).run()
    again = evalkit.read(evalkit.write(evaluation, tmp_path / "out", excel=False))
    explanation = evalkit.explain(again, "U1")
    assert explanation.adds_up
    assert explanation.step.recomputed is None
    assert [child.recomputed for child in explanation.step.children] == [None, 100]
    assert explanation.step.children[0].parts[0].rule == "plugin:diminishing"


def test_direction_is_filled_in_where_it_is_asked(tmp_path: Path) -> None:
    content = json.loads(json.dumps(TREE))
    content["children"][1]["children"][0] |= {"direction": "lower", "normalise": LOG}
    path = values_study(tmp_path, VALUES, tree=content, plugins=["my_rules.py"])
    shutil.copy(EXAMPLE, tmp_path / "my_rules.py")
    evaluation = evalkit.load(path, allow_plugins=True).run()
    scores = evaluation["scores"].set_index(["unit", "node"])["score"]
    assert scores["U1", "B1"] == pytest.approx(100 - 100 * math.log(41) / math.log(100))


def test_a_direction_that_the_plug_in_does_not_ask_for_is_pointed_out(tmp_path: Path) -> None:
    content = json.loads(json.dumps(TREE))
    content["children"][1]["children"][0] |= {"direction": "lower", "normalise": {"method": "plugin", "name": "same"}}
    path = values_study(tmp_path, tree=content, plugins=["my_rules.py"])
    (tmp_path / "my_rules.py").write_text("def same(values): return values\nNORMALISATIONS = (same,)", encoding="utf-8")
    assert found(path) == ["EK361"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (tree(RULE | {"name": "diminishin"}), ["EK355"]),
        (tree(RULE | {"settings": {"hafl": 1}}), ["EK102"]),
        (tree(RULE | {"settings": {"half": "two"}}), ["EK104"]),
        (tree(RULE | {"settings": {"half": [1]}}), ["EK104"]),
        (tree(RULE | {"settings": {"half": True}}), ["EK104"]),
        (tree(mean="weekest"), ["EK355"]),
        (tree(normalise=LOG | {"name": "x", "settings": {}}), ["EK355"]),
        (tree(normalise=LOG | {"settings": {"higher_is_better": True}}), ["EK102"]),
    ],
)
def test_check_knows_names_and_settings(tmp_path: Path, content: dict[str, Any], expected: list[str]) -> None:
    path = study(tmp_path, content)
    problems = evalkit.load(path, allow_plugins=True).problems
    assert [each.code for each in problems] == expected
    assert all(each.place.file == "set.yaml" and each.place.line for each in problems)


def test_a_near_miss_is_suggested(tmp_path: Path) -> None:
    (problem,) = evalkit.load(study(tmp_path, tree(mean="weekest")), allow_plugins=True).problems
    assert "“weakest”" in problem.message("en")


def test_a_setting_without_a_default_must_be_given(tmp_path: Path) -> None:
    text = "def diminishing(a, *, half): ...\ndef weakest(s, w): ...\nRULES = (diminishing,)\nAGGREGATIONS = (weakest,)"
    assert found(study(tmp_path, tree(RULE | {"settings": {}}), text)) == ["EK103"]


def test_the_recipe_may_name_plug_ins_too(tmp_path: Path) -> None:
    recipe = {"nodes": {"A": {"aggregate": "plugin:weakest"}}, "normalise": LOG | {"name": "no"}}
    path = values_study(tmp_path, plugins=["my_rules.py"], recipe=recipe)
    shutil.copy(EXAMPLE, tmp_path / "my_rules.py")
    problems = evalkit.load(path, allow_plugins=True).problems
    assert [(each.code, each.place.file) for each in problems] == [("EK355", "study.yaml")]


@pytest.mark.parametrize("name", ["../out.py", "none.py"])
def test_files_of_plug_ins_are_in_the_study_folder(tmp_path: Path, name: str) -> None:
    path = values_study(tmp_path / "study", plugins=[name])
    (tmp_path / "out.py").write_text("raise ValueError", encoding="utf-8")
    assert found(path) == [{"../out.py": "EK003", "none.py": "EK001"}[name]]


@pytest.mark.parametrize(
    "body",
    ["return 1 / 0", "return None", "return answers", "return [1]", "return ['x'] * len(answers)", "answers[0] = 1"],
)
def test_a_plug_in_that_fails_is_a_finding_and_no_traceback(tmp_path: Path, body: str) -> None:
    text = f"def diminishing(answers, *, half: float): {body}\ndef weakest(s, w): return s[:, 0]\n"
    path = study(tmp_path, tree(), text + "RULES = (diminishing,)\nAGGREGATIONS = (weakest,)")
    with pytest.raises(StudyError) as caught:
        evalkit.load(path, allow_plugins=True).run()
    assert caught.value.problems[-1].code == "EK422"


def test_values_that_are_not_finite_are_none(tmp_path: Path) -> None:
    text = (
        "import numpy as np\n"
        "def diminishing(answers, *, half: float): return np.array([np.inf, 5, 5, 5.0])\n"
        "def weakest(scores, weights): return np.where(scores[:, 0] > 0, np.inf, np.nan)\n"
        "RULES = (diminishing,)\nAGGREGATIONS = (weakest,)"
    )
    evaluation = evalkit.load(study(tmp_path, tree(), text), allow_plugins=True).run()
    assert evaluation.ranking().empty
    assert "EK402" in codes(evaluation)


def test_the_schema_names_plug_ins_and_their_settings() -> None:
    known, _ = gathered(from_file(EXAMPLE, "my_rules.py")[0], NOWHERE)
    schema = jsonschema.Draft202012Validator(json.loads(schema_text("indicators", known)))
    schema.check_schema(schema.schema)

    def fits(rule: dict[str, Any]) -> bool:
        return schema.is_valid({"id": "s", "version": "1", "name": "s", "tree": tree(rule)})

    assert fits(RULE)
    assert fits({"method": "plugin", "name": "diminishing"})
    assert not fits(RULE | {"name": "other"})
    assert not fits(RULE | {"settings": {"hafl": 1}})
    assert not fits(RULE | {"settings": {"half": "x"}})
    assert "diminishing" not in schema_text("indicators")


def test_the_example_of_the_documentation_runs_if_it_is_allowed_to() -> None:
    path = EXAMPLE.parent / "study.yaml"
    assert [each.code for each in evalkit.load(path).problems] == ["EK357"]
    evaluation = evalkit.load(path, allow_plugins=True).run()
    assert evaluation.problems == []
    scores = evaluation.ranking().set_index("unit")["score"]
    top = math.log(5001)
    assert scores.to_dict() == {
        "U1": pytest.approx(min(100 * 4 / 5, 100 * math.log(1201) / top)),
        "U2": pytest.approx(min(100 * 2 / 3, 100 * math.log(301) / top)),
        "U3": pytest.approx(min(100 * 1 / 2, 100 * math.log(4101) / top)),
    }
