from __future__ import annotations

import hashlib
import platform
from importlib import metadata
from pathlib import Path

import pytest

from evalkit import provenance


def test_versions_of_all_packages_are_told() -> None:
    found = provenance.package_versions()
    assert list(found) == ["python", *provenance.PACKAGES]
    assert found["python"] == platform.python_version()
    assert found["numpy"] == metadata.version("numpy")
    assert all(found.values())


def test_what_is_not_installed_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", absent)
    assert provenance.version() == "0+unknown"
    assert set(provenance.package_versions().values()) == {platform.python_version(), ""}


@pytest.mark.parametrize("data", [b"", b"abc", "甲".encode() * 100_000])
def test_hashes_are_sha256(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    assert provenance.sha256(data) == provenance.sha256_file(path) == hashlib.sha256(data).hexdigest()


def test_the_hash_of_the_standard() -> None:
    assert provenance.sha256(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
