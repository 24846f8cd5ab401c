"""No box ever stands for a letter: what cannot be drawn is found before, and a font file is looked at first."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder

from evalkit.reports.plots import PlotError
from evalkit.reports.plots.fonts import font_file, font_list, require_letters

_ASKS = """
import sys
from pathlib import Path
from evalkit.reports.plots import PlotError
from evalkit.reports.plots.fonts import font_file, require_letters
try:
    with font_file(Path(sys.argv[1]) if len(sys.argv) > 1 else None) as font:
        require_letters(["Rank 1", "北京市"], font)
    print("drawn in", font)
except PlotError as error:
    print(error.problem.code, dict(error.problem.params)["letters"])
"""


def asked(environment: dict[str, str], *arguments: object) -> str:
    """What a process says that wants to draw Chinese in this environment."""
    command = [sys.executable, "-X", "utf8", "-c", _ASKS, *map(str, arguments)]
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, check=True, encoding="utf-8")
    return done.stdout.strip()


def test_without_a_chinese_font_the_letters_are_named(without_fonts: dict[str, str]) -> None:
    assert asked(without_fonts) == "EK080 京北市"


def test_a_font_file_is_enough(without_fonts: dict[str, str], chinese_font: Path) -> None:
    said = asked(without_fonts, chinese_font)
    assert said.startswith("drawn in ")
    assert not said.startswith(f"drawn in {font_list()}")


def test_letters_of_this_machine_are_found_one_by_one(chinese_font: Path) -> None:
    with font_file(chinese_font) as font:
        require_letters(["政务热线 12345", "龘\u200b\n"], font)
        with pytest.raises(PlotError) as refused:
            require_letters(["北京\u0378"], font)
    assert refused.value.problem.code == "EK080"
    assert dict(refused.value.problem.params)["count"] == "1"


def latin_font(path: Path) -> Path:
    """A font with one letter, A."""
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "A"])
    builder.setupCharacterMap({65: "A"})
    builder.setupGlyf({".notdef": _glyph(), "A": _glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "A": (500, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Only A", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(str(path))
    return path


def _glyph() -> object:
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # noqa: PLC0415 - only here

    return TTGlyphPen(None).glyph()


def test_a_font_file_without_chinese_letters_does_not_help(without_fonts: dict[str, str], tmp_path: Path) -> None:
    assert asked(without_fonts, latin_font(tmp_path / "latin.ttf")) == "EK080 京北市"


def test_the_font_of_the_file_comes_first(tmp_path: Path) -> None:
    with font_file(latin_font(tmp_path / "latin.ttf")) as font:
        assert font == f"Only A, {font_list()}"


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"OTTO", b"\x00\x01\x00\x00" + b"\xff" * 64, b"ttcf" + b"\xff" * 64, b"ttcf\x00\x01\x00\x00"],
    ids=["empty", "a zip file", "cut off", "nonsense", "a nonsense collection", "a collection cut off"],
)
def test_what_is_no_font_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "font.ttf").write_bytes(content)
    with pytest.raises(PlotError) as refused, font_file(tmp_path / "font.ttf"):
        pass
    assert refused.value.problem.code == "EK081"
    assert refused.value.problem.place.file == str(tmp_path / "font.ttf")


def outcome(path: Path) -> str:
    try:
        with font_file(path) as font:
            return font.partition(",")[0]
    except PlotError as refused:
        return refused.problem.code


def test_a_font_cut_anywhere_is_read_or_refused(tmp_path: Path) -> None:
    whole = latin_font(tmp_path / "latin.ttf").read_bytes()
    found = set()
    for end in range(0, len(whole), 37):
        (tmp_path / "cut.ttf").write_bytes(whole[:end])
        found.add(outcome(tmp_path / "cut.ttf"))
    assert "EK081" in found
    assert found <= {"EK081", "Only A"}


def test_a_font_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    with pytest.raises(PlotError) as refused, font_file(tmp_path / "none.ttf"):
        pass
    assert refused.value.problem.code == "EK081"
