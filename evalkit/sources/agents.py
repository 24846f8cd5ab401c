"""Agents who answered calls: codes within their unit, so that no number of a person is in any output."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass, field
from pathlib import Path

from evalkit.problems import Place, Problem, problem
from evalkit.sources.cell_text import fold

SHORTEST_KEY, _LONGEST_KEY = 16, 10_000
_LETTERS = 8
_AROUND = re.compile(r"^(?:话务员|座席|坐席|客服)?(?:工号|编号)?[::]?|号?(?:话务员|座席|坐席|客服)?$")
_ZEROS = re.compile(r"^0+(?=\d)")


@dataclass(frozen=True, slots=True)
class AgentCodes:
    """Gives agents their codes.

    With a ``key`` a code is a keyed digest (HMAC-SHA256, RFC 2104) of unit and agent, the same in all runs and waves
    with that key; without, agents of a unit are numbered as they come, which holds for one run only.
    """

    key: bytes = b""
    numbered: dict[str, dict[str, str]] = field(default_factory=dict)

    def code(self, unit: str, text: str) -> str:
        """Return the code of an agent, ``G1`` or ``G`` and eight letters; empty where none was entered.

        ``007``, ``7``, ``工号007`` and ``7号`` are one agent.
        """
        agent = plain_agent(text)
        if not agent:
            return ""
        if self.key:
            digest = hmac.digest(self.key, f"{unit}\0{agent}".encode(), hashlib.sha256)
            return f"G{base64.b32encode(digest)[:_LETTERS].decode()}"
        known = self.numbered.setdefault(unit, {})
        return known.setdefault(agent, f"G{len(known) + 1}")


def plain_agent(text: str) -> str:
    """Return what tells an agent from others: without words around a number, and without zeros before it."""
    folded = fold(text).replace(" ", "").removesuffix(".0")
    return _ZEROS.sub("", _AROUND.sub("", folded)) or folded


def read_agent_key(path: Path, shown_as: str) -> tuple[bytes, list[Problem]]:
    """Return the key from a file that holds a secret text of 16 characters or more; EK637: it does not."""
    place = Place(file=shown_as)
    try:
        with path.open("rb") as file:
            content = file.read(_LONGEST_KEY + 1).removeprefix(b"\xef\xbb\xbf").strip()
    except OSError as error:
        return b"", [problem("EK005", place, path=shown_as, reason=error.strerror or str(error))]
    if not SHORTEST_KEY <= len(content) <= _LONGEST_KEY:
        return b"", [problem("EK637", place, shortest=SHORTEST_KEY)]
    return content, []
