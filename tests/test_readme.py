"""README's tour is real: every command in it runs, and prints what stands below it.

``python tests/test_readme.py`` writes the outputs anew.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def play(text: str, folder: Path) -> str:
    """Return README with the output of every command of its console blocks, run one after another in ``folder``."""
    example = Path("examples") / "cities79"
    shutil.copytree(ROOT / example, folder / example, ignore=shutil.ignore_patterns("results"))
    shutil.copy(ROOT / "indicators" / "digital-transformation.yaml", folder / "my-indicators.yaml")
    study = (folder / example / "study.yaml").read_text(encoding="utf-8")
    study = study.replace("builtin:digital-transformation", "my-indicators.yaml", 1)
    for name in ("units.csv", "responses/", "awards.yaml"):
        study = study.replace(name, f"{example.as_posix()}/{name}")
    (folder / "my-study.yaml").write_text(study, encoding="utf-8")
    return BLOCK.sub(lambda block: f"```console\n{_block(block[1], folder)}```", text)


def _block(block: str, folder: Path) -> str:
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {command}\n{_output(command, folder)}" for command in commands)


def _output(command: str, folder: Path) -> str:
    script = f'evalkit() {{ "{sys.executable}" -m evalkit "$@"; }}\n{command} 2>&1'
    environment = os.environ | {"PYTHONUTF8": "1", "LC_ALL": "C"}
    done = subprocess.run(["bash", "-c", script], cwd=folder, env=environment, capture_output=True, check=False)
    text = done.stdout.decode("utf-8").replace(str(folder.resolve()) + os.sep, "")
    return "".join(line.rstrip() + "\n" for line in text.splitlines())


def test_the_tour_prints_what_readme_says(tmp_path: Path) -> None:
    text = README.read_text(encoding="utf-8")
    assert play(text, tmp_path) == text


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        README.write_text(play(README.read_text(encoding="utf-8"), Path(temporary)), encoding="utf-8")
