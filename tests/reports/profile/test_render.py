"""The page of a unit: whole, without scripts, nothing from outside taken for markup."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.evaluate import Evaluation
from evalkit.reports.profile import profile_html, write_profiles
from evalkit.reports.profile.render import position
from tests.small_studies import REGISTER, run, values_study

HOSTILE = "<script>alert(1)</script>"


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_page_of_every_unit_in_every_language(form_run: Evaluation, language: str) -> None:
    for unit in form_run["units"]["unit"]:
        page = profile_html(form_run, unit, language)  # type: ignore[arg-type]  # one of the languages
        assert "<script" not in page
        assert "script-src &#39;none&#39;" in page
        assert ">nan<" not in page.lower()
        assert ("单位报告" in page) == (language != "en")


def test_answers_stand_there_with_place_and_status(form_run: Evaluation) -> None:
    page = profile_html(form_run, "U3", "en")
    assert "responses/U3.xlsx" in page
    assert "很多" in page
    assert "invalid" in page


def test_unit_without_an_index_says_why(form_run: Evaluation) -> None:
    assert "no index: unit U4 (丁市) sent nothing" in profile_html(form_run, "U4", "en")


def test_names_from_outside_are_never_markup(tmp_path: Path) -> None:
    register = [REGISTER[0], ("U1", HOSTILE, "big", "east", ""), *REGISTER[2:]]
    page = profile_html(run(values_study(tmp_path, register=register)), "U1", "zh")
    assert HOSTILE not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_files_are_named_after_the_units_and_stay_in_the_folder(tmp_path: Path) -> None:
    register = [REGISTER[0], ("U1", "../../甲:市", "big", "east", ""), *REGISTER[2:]]
    evaluation = run(values_study(tmp_path / "study", register=register))
    (tmp_path / "out").mkdir()
    written = write_profiles(evaluation, ["U1", "U2"], tmp_path / "out", "zh")
    assert [path.name for path in written] == ["U1 .._.._甲_市.html", "U2 乙市.html"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(path.name for path in written)


def test_a_score_outside_the_line_stands_at_its_end() -> None:
    assert [position(score) for score in (-5, 0, 62.5, 130)] == ["0.00", "0.00", "62.50", "100.00"]
