"""What a result came from: hashes of files and versions of packages."""

from __future__ import annotations

import hashlib
import platform
from pathlib import Path

PACKAGES = ("numpy", "pandas", "scipy", "pydantic", "PyYAML", "python-calamine", "openpyxl", "XlsxWriter")
"""Packages whose versions a run records."""


def version() -> str:
    """Return the version of evalkit; ``0+unknown`` where it is not installed."""
    from importlib import metadata  # noqa: PLC0415 - late: it takes as long to load as the command line

    try:
        return metadata.version("hotline-evalkit")
    except metadata.PackageNotFoundError:
        return "0+unknown"


def package_versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that a result depends on."""
    from importlib import metadata  # noqa: PLC0415 - late, as above

    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = ""
    return found


def sha256(data: bytes) -> str:
    """Return the hash by which inputs and tables are named."""
    return hashlib.sha256(data).hexdigest()


def sha256_file(path: Path) -> str:
    """Return the hash of a file."""
    return sha256(path.read_bytes())
