"""``evalkit template``."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.messages import LANGUAGES
from tests.cli.terminal import evalkit
from tests.small_studies import form_study, write_yaml

PLACEHOLDER = {"id": "a", "name": "a", "rule": {"method": "top", "count": 1}, "attestation": "placeholder"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_unit_gets_a_form(form_path: Path, tmp_path: Path, language: str) -> None:
    done = evalkit("template", form_path, "--out", tmp_path / "out", "--lang", language)
    assert done.code == 0
    assert len(list((tmp_path / "out").glob("*.xlsx"))) == 4
    assert "4" in done.out


def test_form_is_never_overwritten(form_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    evalkit("template", form_path, "--out", out, "--unit", "U1")
    [form] = out.iterdir()
    form.write_bytes(b"answers")
    done = evalkit("template", form_path, "--out", out, "--unit", "U1", "--lang", "en")
    assert done.code == 0
    assert "EK008" in done.err
    assert form.read_bytes() == b"answers"


def test_blank_form_and_unknown_unit(form_path: Path, tmp_path: Path) -> None:
    assert evalkit("template", form_path, "--out", tmp_path / "a", "--blank").code == 0
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["blank.xlsx"]
    done = evalkit("template", form_path, "--out", tmp_path / "b", "--unit", "U9")
    assert done.code == 1
    assert "EK242" in done.err


def test_of_the_definitions_only_what_concerns_the_forms_is_said(tmp_path: Path) -> None:
    number = {"id": "N", "name": "N", "measure": {"question": "Q5", "rule": {"method": "number"}}}
    tree = {"id": "T", "name": "T", "children": [number]}
    scheme = {"id": "s", "version": "1", "name": "s", "awards": [PLACEHOLDER]}
    study = form_study(tmp_path / "study", tree, {}, awards=["awards.yaml"])
    write_yaml(study.parent / "awards.yaml", scheme)
    assert "EK311" in evalkit("check", study).err
    said = evalkit("template", study, "--out", tmp_path / "out").err
    assert "EK304" in said
    assert "EK311" not in said
    write_yaml(study.parent / "awards.yaml", scheme | {"awards": [PLACEHOLDER | {"rule": {"method": "topp"}}]})
    broken = evalkit("template", study, "--out", tmp_path / "more")
    assert (broken.code, "EK105" in broken.err) == (1, True)
    assert list((tmp_path / "more").iterdir())


def test_what_is_still_open_in_the_indicators_is_not_said(tmp_path: Path) -> None:
    study = {"study": "s", "units": "units.csv"} | dict.fromkeys(("indicators", "questionnaire"), "builtin:three-rates")
    write_yaml(tmp_path / "study.yaml", study)
    (tmp_path / "units.csv").write_text("unit,name\nU1,甲市\n", encoding="utf-8")
    assert "EK353" in evalkit("check", tmp_path / "study.yaml").err
    done = evalkit("template", tmp_path / "study.yaml", "--out", tmp_path / "out")
    assert (done.code, done.err) == (0, "")


def test_study_that_cannot_be_read_is_three(tmp_path: Path) -> None:
    assert evalkit("template", tmp_path / "no.yaml", "--out", tmp_path / "out").code == 3


def test_study_without_a_questionnaire_is_one(values_path: Path, tmp_path: Path) -> None:
    done = evalkit("template", values_path, "--out", tmp_path / "out")
    assert done.code == 1
    assert "EK320" in done.err
