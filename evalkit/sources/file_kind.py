"""What a file is, told by its first bytes: people rename files."""

from __future__ import annotations

import codecs
import re

from evalkit.problems import Place, problem
from evalkit.sources.refusal import RefusedError, wrong_kind

Kind = tuple[str, str]

ZIP_ARCHIVE: Kind = ("压缩包", "a zip archive")
WORD: Kind = ("Word 文档", "a Word document")
POWERPOINT: Kind = ("PowerPoint 演示文稿", "a PowerPoint presentation")
OPEN_DOCUMENT: Kind = ("OpenDocument 文档(如 .ods)", "an OpenDocument file (such as .ods)")
BINARY_WORKBOOK: Kind = ("二进制工作簿(.xlsb)", "a binary workbook (.xlsb)")
_PICTURE: Kind = ("图片", "a picture")
_ARCHIVE: Kind = ("压缩包", "an archive")

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

_SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF", ("PDF 文档", "a PDF document")),
    (b"{\\rtf", ("RTF 文档", "an RTF document")),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"BM", _PICTURE),
    (b"RIFF", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_SAMPLE = 4096


def require_zip(data: bytes, place: Place) -> None:
    """Raise :class:`RefusedError` unless ``data`` begins as a zip container does.

    ``EK224`` for an empty file, ``EK222`` for a password, ``EK221`` for an old .xls, else ``EK220`` with the kind.
    """
    if data.startswith(b"PK\x03\x04"):
        return
    if not data:
        raise RefusedError(problem("EK224", place))
    if data.startswith(_OLE[:4]):
        raise RefusedError(problem("EK221" if is_old(data) else "EK222", place))
    raise wrong_kind(place, _kind(data))


def is_old(data: bytes) -> bool:
    """Tell whether the file is a container of the kind that .xls and .et are; an .xlsx with a password is one too."""
    return data.startswith(_OLE[:4]) and _ENCRYPTED_STREAM not in data


def _kind(data: bytes) -> Kind:
    if data.startswith(b"PK\x05\x06"):
        return ZIP_ARCHIVE
    # Two letters such as BM may begin a text too, so a text is tried first.
    text = _as_text(data[:_SAMPLE])
    if text is not None and not data.startswith((b"%PDF", b"{\\rtf")):
        return _kind_of_text(text)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    return ("无法识别的数据", "data of an unknown kind")


def _kind_of_text(text: str) -> Kind:
    if _HTML.match(text):
        return ("网页(HTML)", "a web page (HTML)")
    if text.lstrip().startswith("<"):
        return ("XML 文本", "XML text")
    first_line = text.lstrip().partition("\n")[0]
    if any(separator in first_line for separator in ",;\t"):
        return ("CSV 文本", "CSV text")
    return ("纯文本", "plain text")


def _as_text(sample: bytes) -> str | None:
    """Return the beginning of a text in UTF-8, UTF-16 or GB18030; ``None`` where it holds what no text holds."""
    encodings = (
        ["utf-16"] if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ["utf-8-sig", "gb18030"]
    )
    for encoding in encodings:
        try:
            # The sample may end within a character, so the end is not final.
            text = codecs.getincrementaldecoder(encoding)().decode(sample)
        except UnicodeDecodeError:
            continue
        return None if any(character < " " and character not in "\t\n\f\r" for character in text) else text
    return None
