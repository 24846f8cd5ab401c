"""``--allow-plugins``: the code of a study is run by no command that does not say so."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.terminal import evalkit

EXAMPLE = Path(__file__).parents[2] / "examples" / "plug-ins"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLE, tmp_path / "study", ignore=shutil.ignore_patterns("results"))
    path = tmp_path / "study" / "my_rules.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\nfrom pathlib import Path\nPath(__file__).with_name('ran').touch()\n", encoding="utf-8")
    return tmp_path / "study" / "study.yaml"


@pytest.mark.parametrize(
    "arguments",
    [("check",), ("run", "--out", "out"), ("rank",), ("explain", "U1"), ("template", "--out", "forms")],
    ids=lambda value: value[0],
)
def test_no_command_runs_it_unless_allowed(
    study: Path, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    command, *more = arguments
    done = evalkit(command, study, *more)
    assert done.code == 1
    assert "EK357" in done.err
    assert not study.with_name("ran").exists()
    done = evalkit(command, study, *more, "--allow-plugins")
    assert (done.code, "EK357" in done.err) == (0, False)
    assert study.with_name("ran").exists()


def test_the_schema_knows_plug_ins_of_a_file() -> None:
    done = evalkit("indicators", "schema", "indicators", "--plugins", EXAMPLE / "my_rules.py")
    assert (done.code, done.err) == (0, "")
    names = json.loads(done.out)["$defs"]["PlugInRule"]["properties"]["name"]["enum"]
    assert names == ["diminishing"]
    done = evalkit("indicators", "schema", "--plugins", EXAMPLE / "none.py")
    assert "EK358" in done.err
