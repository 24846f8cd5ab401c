"""Putting a new folder in the place of an old one so that, whenever it is interrupted, one of the two stands there."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

_OLD = ".old"
_STALE_SECONDS = 3600
_AT_FDCWD, _EXCHANGE = -100, 2


def new_beside(target: Path) -> Path:
    """Make and return an empty folder beside ``target``, to be filled and put in its place. Raises OSError.

    What an interrupted run left over is removed first, if nothing was changed in it for an hour.
    """
    recover(target)
    for each in target.parent.glob(f".{_escaped(target.name)}.*"):
        with suppress(OSError):  # another run may remove it at the same time
            if each.is_dir() and not each.is_symlink() and time.time() - each.stat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(each, ignore_errors=True)
    made = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    made.chmod(0o755)
    return made


def put_in_place(made: Path, target: Path) -> None:
    """Put ``made`` in the place of ``target`` and remove what stood there. Raises OSError, ``target`` as it was.

    Where the system can exchange two folders in one step, there is no moment without the old or the new one. Where it
    cannot, the old one is moved aside for a moment; :func:`recover` puts it back after an interruption in between.
    """
    if not target.exists():
        made.rename(target)
        return
    if _exchange(made, target):
        shutil.rmtree(made, ignore_errors=True)
        return
    old = made.with_name(made.name + _OLD)
    target.rename(old)
    try:
        made.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def recover(target: Path) -> None:
    """Put back the folder that stood at ``target``, where a run was interrupted between its two moves."""
    moved = [each for each in target.parent.glob(f".{_escaped(target.name)}.*{_OLD}") if each.is_dir()]
    if moved and not target.exists():
        max(moved, key=lambda each: each.stat().st_mtime_ns).rename(target)


def _escaped(name: str) -> str:
    """Return a name as a pattern that matches it only."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system and the disk can (Linux, ``renameat2``)."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    return bool(rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0)
