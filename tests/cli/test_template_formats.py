from pathlib import Path

import openpyxl
import pytest

from evalkit.cli.main import FINDINGS, USAGE, main


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(["template", *arguments])
    return int(stop.value.code or 0)


@pytest.mark.parametrize(
    ("form_format", "name"),
    [("xlsform", "small.xlsx"), ("codebook", "small-codebook.html"), ("codebook-docx", "small-codebook.docx")],
)
def test_a_format_writes_one_file_and_says_where(
    form_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form_format: str, name: str
) -> None:
    out = tmp_path / "out"
    assert run(str(form_path), "--out", str(out), "--format", form_format, "--lang", "en") == 0
    assert [each.name for each in out.iterdir()] == [name]
    assert capsys.readouterr().out == f"{out / name} was written\n"


def test_excel_is_the_default(form_path: Path, tmp_path: Path) -> None:
    assert run(str(form_path), "--out", str(tmp_path / "plain"), "--blank") == 0
    assert run(str(form_path), "--out", str(tmp_path / "said"), "--blank", "--format", "excel") == 0
    plain, said = tmp_path / "plain" / "blank.xlsx", tmp_path / "said" / "blank.xlsx"
    assert plain.read_bytes() == said.read_bytes()


def test_the_language_is_that_of_the_command(form_path: Path, tmp_path: Path) -> None:
    assert run(str(form_path), "--out", str(tmp_path / "out"), "--format", "xlsform", "--lang", "zh") == 0
    sheet = openpyxl.load_workbook(tmp_path / "out" / "small.xlsx")["survey"]
    headers = [cell.value for cell in sheet[1]]
    assert "label" in headers
    assert "label::English (en)" not in headers


def test_a_file_that_is_there_is_kept_with_a_warning(
    form_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert run(str(form_path), "--out", str(tmp_path / "out"), "--format", "codebook", "--lang", "en") == 0
    told = capsys.readouterr()
    assert told.out.count("was written") == 1
    assert "EK008" in told.err


def test_units_go_with_workbooks_only(form_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(form_path), "--out", str(tmp_path / "out"), "--format", "xlsform", "--unit", "U1") == USAGE
    assert "--unit" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_unknown_format_is_wrong_usage(form_path: Path, tmp_path: Path) -> None:
    assert run(str(form_path), "--out", str(tmp_path / "out"), "--format", "pdf") == USAGE


def test_a_study_without_questionnaire_is_an_error(values_path: Path, tmp_path: Path) -> None:
    assert run(str(values_path), "--out", str(tmp_path / "out"), "--format", "codebook") == FINDINGS
