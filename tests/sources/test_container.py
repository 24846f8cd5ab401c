from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.definitions.limits import Limits
from evalkit.problems import Place
from evalkit.sources import container
from evalkit.sources.refusal import RefusedError
from tests.sources import hostile_files as files

CONTENTS = st.dictionaries(
    st.text("abcxyz/", min_size=1, max_size=8).filter(lambda name: name.strip("/") == name), st.binary()
)


@given(CONTENTS)
def test_what_is_packed_is_read_by_zipfile(parts: dict[str, bytes]) -> None:
    data = container.pack(
        (name, (content[:2], memoryview(content)[2:]), container.checksum((content,)))
        for name, content in parts.items()
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == parts


@given(CONTENTS, st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
def test_what_zipfile_packs_is_read(parts: dict[str, bytes], compression: int) -> None:
    data = files.zipped(parts, compression)
    entries = container.directory(data, Limits(), Place())
    assert {key: container.expand(data, entry, Place()) for key, entry in entries.items()} == parts


def test_a_part_is_not_unpacked_beyond_its_declared_size() -> None:
    data = files.lying_size()
    entry = container.directory(data, Limits(), Place())["xl/worksheets/sheet1.xml"]
    with pytest.raises(RefusedError) as refused:
        container.expand(data, entry, Place())
    assert refused.value.problem.code == "EK223"


def test_other_compression_methods_are_refused() -> None:
    with pytest.raises(RefusedError) as refused:
        container.directory(files.zipped({"a": b"a" * 100}, zipfile.ZIP_BZIP2), Limits(), Place())
    assert refused.value.problem.code == "EK223"


def test_folders_are_no_parts() -> None:
    assert list(container.directory(files.zipped({"a/": b"", "a/b": b"1"}), Limits(), Place())) == ["a/b"]
