"""The shape of the repository: floors, who may import what, what stands at the top, where tests are."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "evalkit"
MODULES = sorted(PACKAGE.rglob("*.py"))

FLOORS = {
    "problems": 0, "messages": 0, "library": 0, "provenance": 0, "registry": 0,
    "definitions": 1,
    "sources": 2, "observations": 2, "calls": 2, "records": 2,
    "scoring": 3, "audits": 3,
    "evaluate": 4,
    "explanation": 5, "comparison": 5, "uncertainty": 5,
    "reports": 6,
    "cli": 7, "__main__": 7,
}  # fmt: skip
FACADE = "__init__"
LONGEST_MODULE = 300

TOP_LEVEL = {"pyproject.toml", "README.md", "evalkit", "indicators", "surveys", "examples", "tests"}
ALSO_ALLOWED = {"LICENSE", "CHANGELOG.md"}

FILE_FORMATS = {"python_calamine", "openpyxl", "xlsxwriter", "xlrd"}
TRIES_THE_MACHINE = "cli/doctor.py"  # it writes a workbook and reads it back to see whether that works here
HEAVY = {"pandas", "numpy", "scipy", "openpyxl", "pydantic", "yaml", "rich", "xlsxwriter", "python_calamine", "jinja2"}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def part_of(path: Path) -> str:
    """The first part of a module's name below evalkit: what has a floor."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(tree: ast.Module) -> Iterator[str]:
    """Full names of all that a module imports, also within functions; ``from a import b`` gives ``a.b``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def own_parts(tree: ast.Module) -> set[str]:
    """The parts of evalkit that a module imports; the façade stands for what evalkit itself offers."""
    names = [name.split(".") for name in imported(tree)]
    return {parts[1] if len(parts) > 1 and parts[1] in FLOORS else FACADE for parts in names if parts[0] == "evalkit"}


def libraries(tree: ast.Module) -> set[str]:
    return {name.split(".")[0] for name in imported(tree)}


def test_every_part_has_a_floor() -> None:
    assert {part_of(path) for path in MODULES} == {*FLOORS, FACADE}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_down_the_floors(path: Path) -> None:
    part = part_of(path)
    if part == FACADE:
        return
    wrong = {each for each in own_parts(parsed(path)) if each == FACADE or FLOORS[each] > FLOORS[part]}
    assert wrong == set(), f"floor {FLOORS[part]} may not import these"


def test_late_imports_are_seen_too() -> None:
    lines = (
        "import evalkit.cli.main",
        "def f():",
        "  from evalkit.reports import folder",
        "  from evalkit import load, library",
    )
    text = "\n".join(lines)
    assert own_parts(ast.parse(text)) == {"cli", "reports", "library", FACADE}


def test_only_the_reader_of_yaml_imports_yaml() -> None:
    assert [name_of(path) for path in MODULES if "yaml" in libraries(parsed(path))] == ["definitions/yaml_source.py"]


def test_only_sources_and_reports_import_file_formats() -> None:
    importers = [path for path in MODULES if libraries(parsed(path)) & FILE_FORMATS]
    assert importers
    others = {name_of(path) for path in importers if part_of(path) not in {"sources", "reports"}}
    assert others <= {TRIES_THE_MACHINE}


def prints(tree: ast.Module) -> Iterator[int]:
    """The lines on which something is printed."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = ast.unparse(node.func)
            if function == "print" or function.split(".")[-1] in {"echo", "secho"} or function.startswith("sys.std"):
                yield node.lineno


def test_only_the_command_line_prints() -> None:
    found = {name_of(path): list(prints(parsed(path))) for path in MODULES if part_of(path) != "cli"}
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert any(list(prints(parsed(path))) for path in MODULES if part_of(path) == "cli")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_are_small_rooms(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


def test_the_package_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="asks git which files belong to the project")
def test_the_top_level_is_as_agreed() -> None:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True, encoding="utf-8").stdout
    present = {name.split("/")[0] for name in listed.split("\0") if name and (ROOT / name).exists()}
    assert present >= TOP_LEVEL
    assert {name for name in present - TOP_LEVEL - ALSO_ALLOWED if not name.startswith(".")} == set()


def named_after_a_module(path: Path) -> bool:
    """Tell whether a test file is named after a module of its floor, with more words after it, or after the floor."""
    folder = PACKAGE / path.parent.relative_to(ROOT / "tests")
    name = path.stem.removeprefix("test_")
    modules = {each.stem for each in folder.iterdir() if each.suffix == ".py" or (each / "__init__.py").exists()}
    return name == folder.name or any(name == module or name.startswith(f"{module}_") for module in modules)


TESTS = sorted(
    path for part in FLOORS if (PACKAGE / part).is_dir() for path in (ROOT / "tests" / part).rglob("test_*.py")
)


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.relative_to(ROOT / "tests").as_posix())
def test_tests_mirror_the_source_tree(path: Path) -> None:
    assert named_after_a_module(path)


@pytest.mark.parametrize("chosen", ["zh", "en", "both"])
def test_help_loads_nothing_heavy(chosen: str) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "evalkit", "--help"]
    environment = os.environ | {"EVALKIT_LANG": chosen, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True, encoding="utf-8")
    loaded = {line.split("|")[-1].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert {"click", "evalkit.cli.main"} <= loaded
    assert {name.split(".")[0] for name in loaded} & HEAVY == set()
    assert "evalkit run" in done.stdout
