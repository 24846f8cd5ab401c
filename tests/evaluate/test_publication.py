"""Tiers only: no score and no rank in anything that is published."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

import evalkit
from evalkit.evaluate import Evaluation
from evalkit.evaluate.evaluation import TABLES
from evalkit.evaluate.publication import OPEN_TABLES, internal, public, tiers_only
from tests.award_studies import ODD_VALUES, PEOPLE, TIERS, award_study, nominated_study
from tests.small_studies import run, values_study


@pytest.fixture(scope="module")
def tiers_run(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    return run(award_study(tmp_path_factory.mktemp("tiers"), TIERS, ODD_VALUES))


def published(folder: Path) -> str:
    """All text of a results folder, workbooks unpacked."""
    texts = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                parts = [
                    name
                    for name in book.namelist()
                    if name.startswith(("xl/worksheets", "xl/sharedStrings", "xl/charts"))
                ]
                texts += [book.read(name).decode("utf-8") for name in parts]
        elif path.is_file():
            texts.append(path.read_text(encoding="utf-8-sig"))
    return "\n".join(texts)


def test_a_run_without_findings_keeps_the_columns_of_the_table(tmp_path: Path) -> None:
    hidden = run(values_study(tmp_path, publish="tiers"))
    assert hidden["problems"].empty
    assert list(public(hidden)["problems"].columns) == list(hidden["problems"].columns)


def telltale(evaluation: Evaluation) -> set[str]:
    """Every score and every value of a unit, in full and as reports round it."""
    numbers = [*evaluation["scores"]["score"].dropna(), *evaluation["measures"]["value"].dropna()]
    return {repr(float(each)) for each in numbers} | {f"{each:.2f}" for each in numbers} | {"7x.371"}


def test_scores_ranks_and_values_are_nowhere_in_what_is_published(tiers_run: Evaluation, tmp_path: Path) -> None:
    words = telltale(tiers_run)
    assert len(words) > 20
    everything = published(evalkit.write(tiers_run, tmp_path / "internal", private=True))
    assert all(word in everything for word in words if len(word) > len("99.99"))
    text = published(evalkit.write(tiers_run, tmp_path / "public"))
    assert [word for word in words if word in text] == []
    for said in ("rank=", "得分 ", "中排第", "名次 Rank"):
        assert said in everything
        assert said not in text, said


def test_tables_of_scores_are_empty_and_units_stand_by_code(tiers_run: Evaluation) -> None:
    shown = public(tiers_run)
    assert {name for name in TABLES if shown[name].empty} == {*TABLES} - {*OPEN_TABLES} | {"files", "shares"}
    assert list(shown["awards"]["unit"]) == ["U1", "U2", "U3", "U4", "U2", "U3"]
    assert set(shown["awards"]["basis"]) == {""}
    assert set(shown["awards"]["reason"]) == {
        "属于这一档;得分和名次不公布 / in this tier; scores and ranks are not published"
    }


def test_findings_that_tell_of_values_are_left_out_and_sizes_stay(tiers_run: Evaluation) -> None:
    codes = set(public(tiers_run)["problems"]["code"])
    assert "EK509" in codes
    assert codes <= set(tiers_run["problems"]["code"])


def test_study_may_ask_for_tiers_too(tmp_path: Path) -> None:
    scheme = {key: value for key, value in TIERS.items() if key != "publish"}
    assert tiers_only(run(award_study(tmp_path / "a", scheme, publish="tiers")))
    assert not tiers_only(run(award_study(tmp_path / "b", scheme)))


def test_internal_copy_reads_back_with_its_scores(tiers_run: Evaluation, tmp_path: Path) -> None:
    again = evalkit.read(evalkit.write(tiers_run, tmp_path / "internal", excel=False, private=True))
    assert not tiers_only(again)
    assert len(again["ranks"]) == len(tiers_run["ranks"])
    assert tiers_only(evalkit.read(evalkit.write(tiers_run, tmp_path / "public", excel=False)))
    assert internal(tiers_run).manifest["internal"]


def test_names_of_persons_are_in_the_private_table_only(tmp_path: Path) -> None:
    evaluation = run(nominated_study(tmp_path / "study"))
    text = published(evalkit.write(evaluation, tmp_path / "public"))
    assert not [name for name in PEOPLE if name in text]
    folder = evalkit.write(evaluation, tmp_path / "private", private=True)
    people = (folder / "tables" / "people.csv").read_text(encoding="utf-8-sig")
    assert all(name in people for name in PEOPLE)
    rest = [path for path in folder.rglob("*.csv") if path.name != "people.csv"]
    assert not [name for name in PEOPLE for path in rest if name in path.read_text(encoding="utf-8-sig")]
    evalkit.write(evaluation, folder, private=True)  # a folder with the private table may be replaced by a run
