import sys
from pathlib import Path

import pytest

_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir></fontconfig>
"""


@pytest.fixture
def without_fonts(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine on which no font is installed."""
    if sys.platform != "linux":
        pytest.skip("only fontconfig can be told to find no fonts")
    empty = tmp_path / "no fonts"
    empty.mkdir()
    (empty / "fonts.conf").write_text(_CONFIGURATION.format(folder=empty), encoding="utf-8")
    return {"FONTCONFIG_FILE": str(empty / "fonts.conf")}
