import sys
from pathlib import Path

import pytest

_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir></fontconfig>
"""
_CHINESE = ("NotoSansCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc", "wqy-microhei.ttc", "msyh.ttc", "simhei.ttf")
_PLACES = (Path("/usr/share/fonts"), Path("/Library/Fonts"), Path("C:/Windows/Fonts"))


@pytest.fixture
def without_fonts(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine on which no font is installed."""
    if sys.platform != "linux":
        pytest.skip("only fontconfig can be told to find no fonts")
    empty = tmp_path / "no fonts"
    empty.mkdir()
    (empty / "fonts.conf").write_text(_CONFIGURATION.format(folder=empty), encoding="utf-8")
    return {"FONTCONFIG_FILE": str(empty / "fonts.conf")}


@pytest.fixture(scope="session")
def chinese_font() -> Path:
    """A font file with Chinese letters."""
    for place in _PLACES:
        for name in _CHINESE:
            for path in place.rglob(name):
                return path
    pytest.skip("no Chinese font is installed")
