"""The study that ``evalkit init`` starts with is one that checks and runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import evalkit
from evalkit.messages import LANGUAGES, Language
from evalkit.reports.starter import README, write_study


@pytest.mark.parametrize("name", ["study", "我的 研究", "a'b: {c}", "12345", "..."])
def test_new_study_has_no_errors_whatever_its_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "within" / name
    write_study(folder)
    problems = evalkit.load(folder / "study.yaml").check()
    assert [each.code for each in problems if each.severity == "error"] == []
    assert {each.code for each in problems} == {"EK231", "EK239", "EK311"}


def test_new_study_runs_before_anything_came_back(tmp_path: Path) -> None:
    write_study(tmp_path, wave="2027")
    evaluation = evalkit.load(tmp_path / "study.yaml").run()
    assert evaluation.ranking().empty
    assert evaluation.manifest["study"]["wave"] == "2027"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "README.txt", "awards.yaml", "corrections.csv", "responses", "study.yaml", "units.csv",
    ]  # fmt: skip


def comments(folder: Path) -> str:
    files = ("study.yaml", "awards.yaml")
    lines = [line for name in files for line in (folder / name).read_text(encoding="utf-8").splitlines()]
    return "\n".join(line.rpartition("# ")[2] for line in lines if "# " in line)


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_speak_the_language_chosen(tmp_path: Path, language: Language) -> None:
    write_study(tmp_path, language=language)
    readme = (tmp_path / README).read_text(encoding="utf-8-sig")
    for text in (comments(tmp_path), readme):
        assert bool(re.search("[一-鿿]", text)) == (language != "en")
        assert ("returned questionnaires" in text or "come back" in text) == (language != "zh")
    ledger = (tmp_path / "corrections.csv").read_text(encoding="utf-8-sig")
    assert ledger.startswith("unit," if language == "en" else "单位,")
    units = (tmp_path / "units.csv").read_text(encoding="utf-8-sig")
    assert bool(re.search("[一-鿿]", units)) == (language != "en")
    assert {each.code for each in evalkit.load(tmp_path / "study.yaml").check()} == {"EK231", "EK239", "EK311"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_commented_out_may_be_put_in(tmp_path: Path, language: Language) -> None:
    write_study(tmp_path, language=language)
    path = tmp_path / "study.yaml"
    text = path.read_text(encoding="utf-8").replace("# notice:", "notice:").replace("# values:", "values:")
    path.write_text(text, encoding="utf-8")
    (tmp_path / "values.csv").write_text("unit,a\nU01,1\n", encoding="utf-8")
    project = evalkit.load(path)
    assert project.bundle.study.notice is not None
    assert project.bundle.study.data.model_dump()["values"] == "values.csv"
    assert [each.code for each in project.check() if each.severity == "error"] == []


def test_commands_of_the_readme_exist(tmp_path: Path) -> None:
    write_study(tmp_path, language="both")
    text = (tmp_path / README).read_text(encoding="utf-8-sig")
    named = set(re.findall(r"evalkit (\w+) (?:study|results)", text))
    assert named == {"template", "check", "run", "explain"}
