"""Every file of ``wrong/`` gives the findings that its header names, and no other.

A header line is ``# CODE LINE:COLUMN {params}``; the params are some of the finding's. The file takes the place of the
file of its kind in the study of ``right/``, in which nothing is wrong; that of ``wrong_calls/``, in the study of
``right_calls/``, which has a protocol.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from evalkit.definitions.bundle import load_bundle
from evalkit.messages import FINDINGS
from evalkit.problems import Problem

HERE = Path(__file__).parent
RIGHT = {"wrong": HERE / "right", "wrong_calls": HERE / "right_calls"}
WRONG = sorted(path for folder in RIGHT for path in (HERE / folder).glob("*.yaml"))
EXPECTED = re.compile(r"# (?P<code>EK\d{3}) (?:(?P<line>\d+):(?P<column>\d+)|-) (?P<params>\{.*\})")
KIND = re.compile(r"# kind: (\w+)")
NOT_IN_A_FILE = {
    "EK002", "EK005", "EK006", "EK007", "EK008", "EK009",  # of the machine
    "EK113",  # what no definition can bring about today
    "EK115",  # a file over the limit
    "EK309", "EK310", "EK312", "EK315", "EK318", "EK319", "EK320",  # of data, arguments, or what a study leaves out
    "EK326", "EK327", "EK328",  # of the answers
    "EK346", "EK354", "EK356", "EK358", "EK359", "EK360",  # of a chain of files, of a file that exists, of code
    "EK376",  # a study without a protocol
    "EK361",  # of chains, existing files, code
    "EK011", "EK012", "EK013",  # of a folder for a file, of results that were changed
    "EK010", "EK322",  # of the writing of forms and of annotated copies
    "EK070", "EK071", "EK072", "EK073",  # of the boundaries of a map
    "EK080", "EK081", "EK082", "EK083", "EK084", "EK085", "EK086", "EK087", "EK088", "EK089", "EK090", "EK091",
    "EK092",  # of pictures and Word templates
}  # fmt: skip


@dataclass(frozen=True)
class Expected:
    code: str
    line: int | None
    column: int | None
    params: dict[str, str]

    def fits(self, found: Problem) -> bool:
        place = (found.place.line, found.place.column)
        same = (found.code, *place) == (self.code, self.line, self.column)
        return same and self.params.items() <= dict(found.params).items()


def header(path: Path) -> tuple[str, list[Expected]]:
    lines = path.read_bytes().decode("latin-1" if path.stem == "not_utf8" else "utf-8").splitlines()
    kind = KIND.fullmatch(lines[0])
    assert kind is not None
    matches = [found for line in lines[1:] if (found := EXPECTED.fullmatch(line))]
    expected = [
        Expected(
            found["code"],
            int(found["line"]) if found["line"] else None,
            int(found["column"]) if found["column"] else None,
            json.loads(found["params"]),
        )
        for found in matches
    ]
    return kind[1], expected


def findings(path: Path, folder: Path, kind: str) -> list[Problem]:
    shutil.copytree(RIGHT.get(path.parent.name, path.parent), folder, dirs_exist_ok=True)
    shutil.copy(path, folder / f"{kind}.yaml")
    _, problems = load_bundle(folder / "study.yaml")
    return problems


@pytest.mark.parametrize("right", RIGHT.values(), ids=lambda path: path.name)
def test_nothing_is_wrong_with_the_right_study(right: Path, tmp_path: Path) -> None:
    bundle, problems = load_bundle(right / "study.yaml")
    assert problems == []
    assert bundle is not None
    assert bundle.whole
    assert findings(right / "awards.yaml", tmp_path, "awards") == []


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_a_wrong_file_gives_its_findings_all_at_once(path: Path, tmp_path: Path) -> None:
    kind, expected = header(path)
    assert expected
    found = findings(path, tmp_path, kind)
    unmatched = list(found)
    for each in expected:
        fitting = [one for one in unmatched if each.fits(one)]
        assert fitting, f"{each} is not among {unmatched}"
        unmatched.remove(fitting[0])
    assert unmatched == []
    assert all(each.place.file == f"{kind}.yaml" for each in found)


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_each_finding_has_words_in_both_languages(path: Path, tmp_path: Path) -> None:
    for each in findings(path, tmp_path, header(path)[0]):
        texts = [each.message("zh"), each.message("en"), each.hint("zh"), each.hint("en")]
        assert all(texts), each
        assert re.search(r"[一-鿿]", each.message("zh")), each
        assert each.message("both") == f"{texts[0]} / {texts[1]}"


def test_every_code_about_definitions_has_a_wrong_file() -> None:
    shown = {each.code for path in WRONG for each in header(path)[1]}
    about_definitions = {code for code in FINDINGS if code[:3] in {"EK0", "EK1", "EK3"}}
    assert shown == about_definitions - NOT_IN_A_FILE
