"""The entrance: exit codes, wrong usage, bugs, closed pipes and narrow consoles."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import evalkit as package
from evalkit.messages import FINDINGS, LANGUAGES
from evalkit.messages.commands import COMMANDS, EXAMPLES, OPTIONS
from evalkit.messages.words import WORDS
from tests.cli.terminal import evalkit

ROOT = Path(package.__file__).parents[1]


def command(*arguments: object, cwd: Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | variables
    line = [sys.executable, "-m", "evalkit", *map(str, arguments)]
    return subprocess.run(line, cwd=cwd, env=environment, capture_output=True, check=False, timeout=120)


def test_module_is_the_command(tmp_path: Path) -> None:
    done = command("--version", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith(b"evalkit ")
    assert done.stderr == b""


@pytest.mark.parametrize(("said", "threads"), [(None, "1"), ("4", "4")])
def test_linear_algebra_takes_one_thread_unless_told(
    said: str | None, threads: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    if said:
        monkeypatch.setenv("OPENBLAS_NUM_THREADS", said)
    assert evalkit("--version").code == 0
    assert os.environ["OPENBLAS_NUM_THREADS"] == threads


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_of_all_lists_the_commands(language: str) -> None:
    done = evalkit("--lang", language, "--help")
    assert done.code == 0
    assert all(name in done.out for name in ("init", "check", "template", "run", "rank", "explain"))
    assert ("排名" in done.out) == (language != "en")


def test_nothing_asked_shows_the_help() -> None:
    done = evalkit()
    assert done.code in {0, 2}
    assert "evalkit init" in done.out + done.err


def test_help_loads_no_heavy_package() -> None:
    check = "import sys; from evalkit.cli.main import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    check += "print({'pandas', 'scipy', 'openpyxl', 'pydantic', 'numpy', 'rich'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "set()"


def test_a_run_loads_no_package_that_few_studies_need() -> None:
    check = "import sys, evalkit.reports.folder, evalkit.uncertainty.assessment\n"
    check += "few = {'scipy.optimize', 'scipy.stats', 'openpyxl', 'altair', 'docx'}\n"
    check += "print(few & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "set()\n"


@pytest.mark.parametrize(("wrong", "meant"), [("rnu", "run"), ("explian", "explain"), ("rankk", "rank")])
def test_unknown_command_is_answered_with_the_nearest(wrong: str, meant: str) -> None:
    done = evalkit("--lang", "en", wrong, "x")
    assert done.code == 2
    assert f"did you mean “{meant}”?" in done.err
    assert done.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("run",),
        ("check", "a", "b"),
        ("rank", "x", "--top", "0"),
        ("rank", "x", "--nod", "A"),
        ("explain", "x"),
        ("run", "x", "--lang", "fr"),
        ("nothing",),
    ],
)
@pytest.mark.parametrize("form", [("--format", "json"), ("--format=json",)])
def test_wrong_usage_gives_one_document_and_two(arguments: tuple[str, ...], form: tuple[str, ...]) -> None:
    done = evalkit(*arguments, *form)
    assert done.code == 2
    assert done.json["problems"] == []
    assert done.json["error"]
    assert done.err


def test_wrong_usage_goes_to_stderr() -> None:
    done = evalkit("run")
    assert (done.code, done.out) == (2, "")
    assert "STUDY" in done.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_bug_of_ours_is_seventy_without_a_traceback(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EVALKIT_DEBUG", raising=False)
    monkeypatch.setattr("evalkit.evaluate.project.load", lambda *_, **__: 1 / 0)
    done = evalkit("check", "study.yaml", "--lang", language)
    assert (done.code, done.out) == (70, "")
    assert "ZeroDivisionError" in done.err
    assert "Traceback" not in done.err
    assert ("内部错误" in done.err) == (language != "en")
    done = evalkit("check", "study.yaml", "--format", "json")
    assert done.code == 70
    assert done.json == {"error": "ZeroDivisionError: division by zero", "problems": []}


def test_bug_shows_its_traceback_where_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVALKIT_DEBUG", "1")
    monkeypatch.setattr("evalkit.evaluate.project.load", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        evalkit("check", "study.yaml")


def test_language_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVALKIT_LANG", "zh")
    assert "用法: evalkit" in evalkit("--help").out
    assert "Usage: evalkit" in evalkit("--lang", "en", "--help").out


def test_own_texts_have_characters_of_gbk_only() -> None:
    texts = [*WORDS.values(), *COMMANDS.values(), *OPTIONS.values(), *EXAMPLES.values()]
    texts += [(each.zh, each.en, each.hint_zh, each.hint_en) for each in FINDINGS.values()]
    assert [text for each in texts for text in each if text.encode("gbk", "replace").decode("gbk") != text] == []


def every_command(study: Path, folder: Path) -> list[tuple[object, ...]]:
    return [
        ("--help",),
        ("check", study),
        ("template", study, "--out", folder / "forms"),
        ("run", study, "--out", folder / "out"),
        ("rank", folder / "out"),
        ("explain", folder / "out", "U1"),
        ("explain", folder / "out", "nobody"),
        ("indicators", "list"),
        ("indicators", "show", "builtin:digital-transformation"),
        ("init", folder / "new"),
        ("doctor",),
    ]


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252"])
def test_narrow_console_stops_no_command(encoding: str, form_path: Path, tmp_path: Path) -> None:
    for line in every_command(form_path, tmp_path):
        done = evalkit(*line, encoding=encoding)
        assert done.code in {0, 1}, line
        assert done.out + done.err


def test_gbk_console_shows_every_character(form_path: Path, tmp_path: Path) -> None:
    wide, narrow = every_command(form_path, tmp_path / "a"), every_command(form_path, tmp_path / "b")
    for one, other in zip(wide, narrow, strict=True):
        expected, found = evalkit(*one), evalkit(*other, encoding="gbk")
        for text, shown in ((expected.out, found.out), (expected.err, found.err)):
            assert shown.count("?") == text.count("?"), one


def test_plain_c_console_is_enough(form_path: Path, tmp_path: Path) -> None:
    done = command("run", form_path, cwd=tmp_path, LC_ALL="C", LANG="C", PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("form", ["text", "csv", "json"])
def test_closed_pipe_is_no_error(form: str, values_folder: Path) -> None:
    line = (
        f'"{sys.executable}" -m evalkit rank "{values_folder}" --format {form} | head -c 1; echo "${{PIPESTATUS[0]}}"'
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(["bash", "-c", line], env=environment, capture_output=True, check=False)
    assert done.stdout.endswith(b"0\n")
    assert done.stderr == b""


def test_pipe_that_is_closed_before_anything_is_written(values_folder: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    line = [sys.executable, "-m", "evalkit", "rank", str(values_folder)]
    done = subprocess.run(line, env=environment, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_json_is_one_document_on_stdout_alone(values_path: Path, tmp_path: Path) -> None:
    done = command("run", values_path, "--out", tmp_path / "out", "--format", "json", cwd=tmp_path)
    assert done.stderr == b""
    assert json.loads(done.stdout)["ranked"] == 4
