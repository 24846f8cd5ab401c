"""A folder is replaced whole; an interruption, even by SIGKILL, leaves the old one or the new one."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import evalkit
from evalkit.provenance import sha256
from evalkit.reports import in_place
from evalkit.reports.in_place import new_beside, put_in_place, recover
from tests.small_studies import run, values_study

ROOT = Path(__file__).parents[2]


def folder(path: Path, content: str) -> Path:
    path.mkdir()
    (path / "content").write_text(content, encoding="utf-8")
    return path


def content(path: Path) -> str:
    return (path / "content").read_text(encoding="utf-8")


def replace(target: Path, new: str) -> None:
    made = new_beside(target)
    (made / "content").write_text(new, encoding="utf-8")
    put_in_place(made, target)


def without_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_place, "_exchange", lambda *_: False)


@pytest.mark.parametrize("exchange", [True, False])
def test_a_folder_is_replaced_and_nothing_stays_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool
) -> None:
    if not exchange:
        without_exchange(monkeypatch)
    for number in range(3):
        replace(tmp_path / "a[b]*", str(number))
        assert content(tmp_path / "a[b]*") == str(number)
        assert [each.name for each in tmp_path.iterdir()] == ["a[b]*"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems cannot exchange folders")
def test_this_system_exchanges_two_folders_in_one_step(tmp_path: Path) -> None:
    one, other = folder(tmp_path / "one", "1"), folder(tmp_path / "other", "2")
    if not in_place._exchange(one, other):  # noqa: SLF001 - the step itself
        pytest.skip("this disk cannot")
    assert (content(one), content(other)) == ("2", "1")


def test_an_exchange_that_fails_changes_nothing(tmp_path: Path) -> None:
    assert not in_place._exchange(folder(tmp_path / "one", "1"), tmp_path / "none")  # noqa: SLF001 - as above
    assert content(tmp_path / "one") == "1"


def test_a_failed_move_puts_the_old_folder_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_exchange(monkeypatch)
    target = folder(tmp_path / "out", "old")
    rename = Path.rename

    def fail_for_the_new_one(self: Path, to: Path) -> Path:
        if self.name.startswith(".") and not self.name.endswith(".old"):
            raise PermissionError(13, "in use")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", fail_for_the_new_one)
    with pytest.raises(PermissionError):
        replace(target, "new")
    assert content(target) == "old"


def test_a_folder_moved_aside_by_an_interrupted_run_is_put_back(tmp_path: Path) -> None:
    folder(tmp_path / ".out.x1y2.old", "old")
    recover(tmp_path / "out")
    assert content(tmp_path / "out") == "old"
    folder(tmp_path / ".out.x1y2.old", "older")
    recover(tmp_path / "out")
    assert content(tmp_path / "out") == "old"


def test_what_an_interrupted_run_left_goes_after_an_hour_and_what_others_make_stays(tmp_path: Path) -> None:
    target = tmp_path / "out"
    stale, fresh, other = (folder(tmp_path / name, "x") for name in (".out.stale", ".out.fresh", ".output.mine"))
    for each in (stale, other):
        os.utime(each, (time.time() - 7200,) * 2)
    new_beside(target).rmdir()
    assert sorted(each.name for each in tmp_path.iterdir()) == [".out.fresh", ".output.mine"]
    assert content(fresh) == "x"


FORKER = """
import os, sys
from pathlib import Path
import evalkit
from tests.small_studies import run
runs = [run(Path(name)) for name in sys.argv[1:3]]
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        while True:
            for each in runs:
                evalkit.write(each, sys.argv[3], excel=False, page=False)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("dead", flush=True)
"""
KILLED = 40


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills as POSIX does")
def test_a_run_killed_at_any_moment_leaves_a_whole_folder(tmp_path: Path) -> None:
    """A process that writes two runs in turn to one folder is killed by SIGKILL at random moments."""
    studies = [values_study(tmp_path / "one"), values_study(tmp_path / "two", [("unit", "a1", "a2", "b1")])]
    inputs = [run(path).manifest["inputs"] for path in studies]
    out = evalkit.write(run(studies[0]), tmp_path / "results" / "out", excel=False, page=False)
    dice = random.Random(20201101)  # noqa: S311 - moments, no secret
    command = [sys.executable, "-c", FORKER, *map(str, studies), str(out)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True, bufsize=1) as forker:
        assert forker.stdin is not None
        assert forker.stdout is not None
        for _ in range(KILLED):
            forker.stdin.write("\n")
            child = int(forker.stdout.readline())
            time.sleep(dice.uniform(0, 0.1))
            os.kill(child, signal.SIGKILL)
            assert forker.stdout.readline() == "dead\n"
            assert out.is_dir(), "there is no moment without the folder"
            assert {each.name for each in out.iterdir()} == {"run.json", "tables"}
            manifest = evalkit.read(out).manifest
            assert manifest["inputs"] in inputs
            for name, digest in manifest["tables"].items():
                assert sha256((out / "tables" / f"{name}.csv").read_bytes()) == digest
        forker.stdin.close()
    evalkit.write(run(studies[0]), out)
    assert (out / "results.xlsx").is_file()
