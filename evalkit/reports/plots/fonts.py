"""Which letters can be drawn: asked of the renderer itself before anything is drawn, so that no box stands for a name.

A font that lacks a letter draws a box or nothing, and the renderer says no word. It is asked to draw the letter alone
and a code point that can never be a letter; where the two pictures are the same, the letter is missing.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from unicodedata import category
from xml.sax.saxutils import escape, quoteattr

import vl_convert
from fontTools.ttLib import TTCollection, TTFont

from evalkit.problems import Place, problem
from evalkit.reports.plots.refusal import PlotError

FAMILIES = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei", "SimHei",
    "sans-serif",
)  # fmt: skip
"""Typefaces to draw with, the first that is installed."""
_NOTHING_TO_SEE = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
_NEVER_A_LETTER = "\U0010ffff"
_MOST_BYTES = 1 << 26
_MARKS = (b"\x00\x01\x00\x00", b"true", b"OTTO")
_COLLECTION = b"ttcf"
_SIMPLIFIED = (" SC", " CN", " GB")
_MOST_NAMED = 12


def font_list(first: str = "") -> str:
    """Return the typefaces as CSS has them, ``first`` before the others."""
    return ", ".join([first, *FAMILIES] if first else FAMILIES)


def require_letters(texts: Iterable[str], font: str) -> None:
    """Raise PlotError (``EK080``) where a letter of the texts cannot be drawn in ``font``."""
    letters = sorted({letter for text in texts for letter in text if category(letter) not in _NOTHING_TO_SEE})
    missing = [letter for letter in letters if not _is_drawn(letter, font)]
    if missing:
        named = "".join(missing[:_MOST_NAMED]) + ("…" if len(missing) > _MOST_NAMED else "")
        raise PlotError(problem("EK080", letters=named, count=len(missing)))


@cache
def _is_drawn(letter: str, font: str) -> bool:
    return letter.isascii() or _picture(letter, font) != _picture(_NEVER_A_LETTER, font)


@cache
def _picture(letter: str, font: str) -> str:
    """Return the hash of a picture of one letter."""
    text = f'<text x="4" y="24" font-size="20" font-family={quoteattr(font)}>{escape(letter)}</text>'
    drawn = vl_convert.svg_to_png(f'<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32">{text}</svg>')
    return hashlib.sha256(drawn).hexdigest()


@contextmanager
def font_file(path: Path | None) -> Iterator[str]:
    """Offer the typeface of a font file while drawing, and yield the list of typefaces it leads.

    Raises PlotError (``EK081``) where the file is no font (TrueType, OpenType or a collection of them) or over 64 MiB.
    The renderer knows the font as long as the process runs, but looks for its file only while drawing.
    """
    if path is None:
        yield font_list()
        return
    content = _checked(path)
    leading = font_list(_family(content, path))
    with tempfile.TemporaryDirectory(prefix="evalkit-font-") as folder:
        (Path(folder) / f"font{path.suffix.lower()}").write_bytes(content)
        vl_convert.register_font_directory(folder)
        yield leading


def _checked(path: Path) -> bytes:
    """Return the bytes of what may be a font."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _unusable(path, "文件过大", "it is too large")
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise _unusable(path, reason, reason) from error
    if not content.startswith((*_MARKS, _COLLECTION)):
        raise _unusable(path, "不是字体文件", "it is no font file")
    return content


def _family(content: bytes, path: Path) -> str:
    """Return the name of the typeface in a file; of a collection the simplified Chinese one, else its first."""
    try:
        if content.startswith(_COLLECTION):
            names = [_name_of(font) for font in TTCollection(BytesIO(content), lazy=True).fonts]
            return next((name for name in names if name.endswith(_SIMPLIFIED)), names[0])
        return _name_of(TTFont(BytesIO(content), lazy=True))
    except Exception as error:  # whatever fontTools does with the files of others
        raise _unusable(path, "文件已损坏", "it is damaged") from error


def _unusable(path: Path, zh: str, en: str) -> PlotError:
    return PlotError(problem("EK081", Place(file=str(path)), path=path.name, reason_zh=zh, reason_en=en))


def _name_of(font: TTFont) -> str:
    name = font["name"].getBestFamilyName()
    if not name:
        raise ValueError("no name")
    return str(name)
