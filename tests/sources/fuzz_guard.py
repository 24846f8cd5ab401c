"""Feed damaged workbooks to the guard and the reader in a process of its own, and say what it cost.

Run as ``python tests/sources/fuzz_guard.py [EXAMPLES [SEED]]``. Without a seed the examples are the same each time. It
prints one line of JSON: how many files were read and refused, the longest CPU time of one in seconds, and the peak of
memory above that at the start in MB. Whatever is raised ends it with a traceback.
"""

from __future__ import annotations

import json
import resource
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from evalkit.definitions.limits import Limits
from evalkit.problems import Place
from evalkit.sources import delimited, workbook
from tests.sources import hostile_corpus, hostile_files
from tests.sources.returned_forms import form

MEMORY = 1 << 30
"""Bytes of address space beyond those at the start that the process may take."""
LIMITS = Limits(cells=200_000, rows=20_000, expanded_bytes=64 << 20, text=5_000_000)
SOUND = (form(), hostile_files.by_xlsxwriter(), hostile_files.by_openpyxl(), hostile_files.with_zip64_fields())
HOSTILE = tuple(make() for name, make, _ in hostile_corpus.REFUSED if "bomb" not in name and "long text" not in name)
FILES = st.sampled_from([*SOUND, *(data for data in HOSTILE if data)])
TOKENS = st.sampled_from(
    [
        *(b"<c", b' r="XFD1048576"', b"</c>", b"<row>", b'<row r="1048576">', b"</row>", b"<v>9</v>", b"<f>A1</f>"),
        *(b"<sheetData>", b"</sheetData>", b't="s"', b't="e"', b"<!DOCTYPE a>", b"<![CDATA[", b"]]>", b"<!--", b"-->"),
        *(b"&lt;", b'"', b"<", b">", b"\0", b"\xff\xfe", b"uniqueCount='999999999'", b"<si>", b"<t>", b"A" * 5000),
        *(b"\xe4\xb8\xad", b"<x:c>", b" date1904='1'", b"Target='../../etc/passwd'", b"<sheet name='a'/>", b"9" * 400),
        b'formatCode="' + b"0" * 3000 + b'"',
    ]
)
spent: dict[str, Any] = {"read": 0, "refused": 0, "seconds": 0.0}


@st.composite
def changed(draw: st.DrawFn, contents: st.SearchStrategy[bytes]) -> bytes:
    """Bytes flipped, cut out, doubled, moved, put in, or cut off."""
    data = bytearray(draw(contents))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, max(len(data) - 1, 0)))
        end = min(start + draw(st.sampled_from([1, 2, 8, 40, 500])), len(data))
        what = draw(st.integers(0, 30)) % 6
        if what == 0 and data:
            data[start] = draw(st.integers(0, 255))
        elif what == 1:
            del data[start:end]
        elif what == 2:
            data[start:start] = data[start:end] * draw(st.integers(1, 50))
        elif what == 3:
            at = draw(st.integers(0, len(data)))
            data[at:at] = data[start:end]
        elif what == 4:
            data[start:start] = draw(TOKENS)
        else:
            del data[draw(st.integers(0, len(data))) :]
    return bytes(data)


@st.composite
def changed_within(draw: st.DrawFn) -> bytes:
    """A sound container of which some parts were changed: what a checksum does not show."""
    data = draw(st.sampled_from(SOUND))
    parts: dict[str, bytes] = hostile_files.unzipped(data)
    names = sorted(name for name in parts if name.endswith((".xml", ".rels")) and "theme" not in name)
    for _ in range(draw(st.integers(1, 2))):
        name = draw(st.sampled_from(names))
        parts[name] = draw(changed(st.just(parts[name])))
    return hostile_files.zipped(parts, draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])))


def read(data: bytes) -> None:
    """Read a file as a workbook and as text, within the limits, and note what it cost."""
    started = time.process_time()
    book, problems = workbook.read(data, Place(file="x.xlsx"), LIMITS)
    spent["seconds"] = max(spent["seconds"], time.process_time() - started)
    spent["read" if book else "refused"] += 1
    if (book is None) != any(each.severity == "error" for each in problems):
        raise AssertionError(problems)
    for each in problems:
        each.message()
    delimited.read(data[:5000], Place(file="x.csv"))


def peak_megabytes() -> float:
    """Return the most memory that this process has had; ru_maxrss may speak of the process that started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    """Fuzz and print what it came to."""
    examples = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    at_start = peak_megabytes()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    quiet = settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=len(sys.argv) <= 2,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    for source in (changed(FILES), changed_within()):
        fuzz = quiet(given(source)(read))
        (seed(int(sys.argv[2]))(fuzz) if len(sys.argv) > 2 else fuzz)()
    print(json.dumps(spent | {"megabytes": peak_megabytes() - at_start}))


if __name__ == "__main__":
    main()
