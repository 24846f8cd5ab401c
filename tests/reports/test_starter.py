"""The study that ``evalkit init`` starts with is one that checks and runs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import xlsxwriter

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
    write_study(tmp_path / "before", wave="2025")
    earlier = evalkit.write(evalkit.load(tmp_path / "before" / "study.yaml").run(), tmp_path / "results", excel=False)
    folder = tmp_path / "study"
    write_study(folder, language=language)
    shutil.copytree(earlier, folder / "earlier-results")
    path = folder / "study.yaml"
    text, count = re.subn(r"^( *)# (?=[a-z]+:)", r"\1", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert count == 4
    path.write_text(text, encoding="utf-8")
    (folder / "values.csv").write_text("unit,a\nU01,1\n", encoding="utf-8")
    project = evalkit.load(path)
    assert project.bundle.questionnaire is not None
    asked = project.bundle.questionnaire[0].questions["Q06"].text.zh
    with xlsxwriter.Workbook(folder / "export.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["序号", "提交答卷时间", "所用时间", "1、您所在的城市", f"2、{asked}"])
        sheet.write_row(1, 0, ["1", "2026/3/1 9:00:00", "60秒", "U02", "是"])
    study = project.bundle.study
    assert study.notice is not None
    assert study.data.model_dump()["values"] == "values.csv"
    assert (len(study.waves), len(study.data.exports)) == (1, 1)
    assert [each.code for each in project.check() if each.severity == "error"] == []


def test_commands_of_the_readme_exist(tmp_path: Path) -> None:
    write_study(tmp_path, language="both")
    text = (tmp_path / README).read_text(encoding="utf-8-sig")
    named = set(re.findall(r"evalkit (\w+) (?:study|results)", text))
    assert named == {"template", "check", "run", "explain", "report", "plan"}
