"""Plug-ins: what may be one, what is done with the code of others, and what becomes of its errors."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from evalkit import registry
from evalkit.problems import NOWHERE
from evalkit.registry import Setting, from_file, gathered, installed

EXAMPLE = Path(__file__).parents[1] / "examples" / "plug-ins" / "my_rules.py"


def write(folder: Path, text: str) -> Path:
    path = folder / "mine.py"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_is_read_with_its_settings() -> None:
    found, problems = from_file(EXAMPLE, "my_rules.py")
    assert problems == []
    assert {(each.kind, each.name): each.settings for each in found} == {
        ("readers", "volumes"): (Setting("per", "float", required=False),),
        ("rules", "diminishing"): (Setting("half", "float", required=False),),
        ("normalisations", "logarithmic"): (Setting("top", "float", required=False),),
        ("weightings", "deviation"): (),
        ("aggregations", "weakest"): (),
    }
    assert [each.wants_direction for each in found] == [False, False, True, False, False]
    assert found[4].summary == "Let the weakest child that has weight decide (Liebig's law of the minimum)."


def test_types_come_from_annotations_or_defaults(tmp_path: Path) -> None:
    text = "def f(a, *, b, c: int, d=True, e='x', g: 'bool' = False): ...\nRULES = [f]"
    found, problems = from_file(write(tmp_path, text), "mine.py")
    assert problems == []
    assert [(each.name, each.type, each.required) for each in found[0].settings] == [
        ("b", "float", True),
        ("c", "int", True),
        ("d", "bool", False),
        ("e", "str", False),
        ("g", "bool", False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "def f(): ...\nRULES = (f,)",
        "def f(a, b): ...\nRULES = (f,)",
        "def f(a, *more): ...\nRULES = (f,)",
        "def f(a, **more): ...\nRULES = (f,)",
        "def f(a, *, b: list = []): ...\nRULES = (f,)",
        "def f(a): ...\nAGGREGATIONS = (f,)",
        "RULES = ('text',)",
        "RULES = 5",
    ],
)
def test_what_cannot_be_a_plug_in_is_a_finding(tmp_path: Path, text: str) -> None:
    found, problems = from_file(write(tmp_path, text), "mine.py")
    assert found == []
    assert [(each.code, each.place.file) for each in problems] == [("EK356", "mine.py")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x = 1\nraise ValueError('no')", 2),
        ("x = 1\n\nimport no_such_module", 3),
        ("x = = 1", 1),
        ("raise SystemExit(0)", 1),
        ("def f():\n    return 1 / 0\nf()", 2),
        ("\0", None),
    ],
)
def test_errors_of_a_file_become_a_finding_at_their_line(tmp_path: Path, text: str, line: int | None) -> None:
    found, (problem,) = from_file(write(tmp_path, text), "mine.py")
    assert found == []
    assert (problem.code, problem.place.file) == ("EK358", "mine.py")
    assert line is None or problem.place.line == line


def test_a_file_that_lists_nothing_is_pointed_out(tmp_path: Path) -> None:
    assert [each.code for each in from_file(write(tmp_path, "x = 1"), "mine.py")[1]] == ["EK360"]


def test_running_a_file_leaves_nothing_behind(tmp_path: Path) -> None:
    before = set(sys.modules)
    from_file(write(tmp_path, "def f(a): ...\nRULES = (f,)"), "mine.py")
    assert [each.name for each in tmp_path.iterdir()] == ["mine.py"]
    assert set(sys.modules) - before == set()


def test_a_name_that_stands_twice_is_a_finding(tmp_path: Path) -> None:
    found, _ = from_file(write(tmp_path, "def f(a): ...\nRULES = (f,)\nNORMALISATIONS = (f,)"), "one.py")
    again, _ = from_file(tmp_path / "mine.py", "two.py")
    kept, (problem, _) = gathered([*found, *again], NOWHERE)
    assert problem.code == "EK359"
    assert len(kept.plug_ins) == 2
    assert gathered(found, NOWHERE)[1] == []


class _Entry:
    def __init__(self, name: str, value: Any) -> None:  # noqa: ANN401 - a function, or an error
        self.name, self.value, self.dist = name, "package:name", None
        self._value = value

    def load(self) -> Any:  # noqa: ANN401 - as above
        if isinstance(self._value, Exception):
            raise self._value
        return self._value


def test_installed_packages_offer_plug_ins_by_entry_points(monkeypatch: pytest.MonkeyPatch) -> None:
    def half(answers: Any) -> Any:  # noqa: ANN401 - arrays
        """Half of it."""
        return answers[:, 0] / 2

    offered = {"evalkit.rules": [_Entry("half", half), _Entry("broken", ImportError("no"))], "evalkit.aggregations": []}
    monkeypatch.setattr(metadata, "entry_points", lambda group: offered.get(group, []))
    found, problems = installed(NOWHERE)
    assert [(each.kind, each.name, each.origin) for each in found] == [("rules", "half", "package:name")]
    assert [each.code for each in problems] == ["EK358"]


def test_every_kind_has_a_group_and_a_list() -> None:
    assert set(registry.GROUPS) == set(registry.LISTS) == set(registry.KINDS)
