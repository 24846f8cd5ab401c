"""The guard under fuzzing: nothing but findings comes out, in bounded memory and time, measured in its own process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sources.hostile_corpus import REFUSED

ROOT = Path(__file__).parents[2]
FUZZ = Path(__file__).with_name("fuzz_guard.py")
READ_ALL = """
import json, resource, sys, time
from pathlib import Path
from evalkit.problems import Place
from evalkit.sources import workbook
def peak():
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024
pages = int(Path("/proc/self/statm").read_text().split()[0])
resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + (1 << 30),) * 2)
start, slowest, refused = peak(), 0, 0
for path in sorted(Path(sys.argv[1]).iterdir()):
    data, began = path.read_bytes(), time.process_time()
    book, problems = workbook.read(data, Place(file=path.name))
    slowest = max(slowest, time.process_time() - began)
    refused += book is None
print(json.dumps({"refused": refused, "seconds": slowest, "megabytes": peak() - start}))
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and measures a process as Linux does")


def cost(*command: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def test_damaged_workbooks_give_findings_in_bounded_memory_and_time() -> None:
    found = cost(str(FUZZ), "400")
    assert found["read"] > 50, "some are still sound"
    assert found["refused"] > 300
    assert found["seconds"] < 2
    assert found["megabytes"] < 100


@pytest.mark.slow
def test_many_damaged_workbooks_give_findings_in_bounded_memory_and_time() -> None:
    for seed in range(8):
        found = cost(str(FUZZ), "2000", str(seed))
        assert found["read"] + found["refused"] == 4_000
        assert found["seconds"] < 2
        assert found["megabytes"] < 200


def test_the_refused_files_of_the_corpus_cost_little(tmp_path: Path) -> None:
    """Bombs are refused by the sizes that they declare, and those that lie are never unpacked beyond them."""
    for number, (_, make, _code) in enumerate(REFUSED):
        (tmp_path / f"{number:02d}.xlsx").write_bytes(make())
    found = cost("-c", READ_ALL, str(tmp_path))
    assert found["refused"] == len(REFUSED)
    assert found["seconds"] < 2
    assert found["megabytes"] < 150
