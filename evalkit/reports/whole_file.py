"""A file that is there whole or not at all, whenever the writing of it is broken off."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path


def write_whole(target: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` make the file under a name beside ``target``, ending as it does, then give it its name.

    Raises what ``write`` raises, and ``OSError`` where the disk does not allow it; nothing is left behind then.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".", dir=target.parent))
    beside = made / f"part{target.suffix}"
    try:
        write(beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
        made.rmdir()
