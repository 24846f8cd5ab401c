"""A file is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.reports.whole_file import write_whole


def test_the_file_is_there_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "new" / "form.xlsx"
    seen: list[Path] = []

    def write(path: Path) -> None:
        seen.append(path)
        assert not target.exists()
        path.write_bytes(b"whole")

    write_whole(target, write)
    assert target.read_bytes() == b"whole"
    assert seen[0].suffix == ".xlsx"
    assert list(target.parent.iterdir()) == [target]


def test_writing_broken_off_leaves_nothing_behind(tmp_path: Path) -> None:
    def write(path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_whole(tmp_path / "form.xlsx", write)
    assert list(tmp_path.iterdir()) == []
