"""The command line called within the process, with its two streams apart and in any encoding."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from evalkit.cli.main import main


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one JSON document on stdout."""
        document: dict[str, Any] = json.loads(self.out)
        return document

    def codes(self) -> list[str]:
        """The codes of the findings in the JSON document."""
        return [each["code"] for each in self.json["problems"]]


def evalkit(*arguments: object, encoding: str = "utf-8") -> Done:
    """Run a command on a console of an encoding; what the encoding lacks shows as a question mark."""
    memories = [io.BytesIO(), io.BytesIO()]
    streams = [io.TextIOWrapper(memory, encoding=encoding, write_through=True) for memory in memories]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", streams[0])
        patch.setattr(sys, "stderr", streams[1])
        with pytest.raises(SystemExit) as stop:
            main([str(each) for each in arguments])
    # click writes UTF-8 where a console says that it knows ASCII only
    known = "utf-8" if encoding == "ascii" else encoding
    out, err = (memory.getvalue().decode(known) for memory in memories)
    assert isinstance(stop.value.code, int)
    return Done(stop.value.code, out, err)
