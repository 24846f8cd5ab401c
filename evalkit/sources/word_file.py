"""A Word document from outside, looked through before any library opens it."""

from __future__ import annotations

import zlib
from pathlib import Path

from evalkit import library
from evalkit.definitions.limits import Limits
from evalkit.problems import Place, Problem, problem
from evalkit.sources import container, xml_part
from evalkit.sources.file_kind import require_zip
from evalkit.sources.refusal import RefusedError, damaged, over_limit

_BODY = "word/document.xml"
_XML = (".xml", ".rels")


def read_word_file(path: Path, shown_as: str, limits: Limits) -> tuple[bytes | None, list[Problem]]:
    """Return the document packed anew from parts that stand the checks, or the finding that says why not.

    ``EK084``: another kind of file, a password, no file of Word's own in it; damaged or contradicting itself, over a
    limit (``structure_bytes`` holds for each XML part), an XML part with a DTD or in another encoding than UTF-8.
    """
    place = Place(file=shown_as)
    data, problems = library.read_bytes(path, place)
    if data is None:
        return None, problems
    try:
        require_zip(data, place)
        return _packed_anew(data, limits, place), []
    except RefusedError as refused:
        why = {"reason_zh": refused.problem.message("zh"), "reason_en": refused.problem.message("en")}
        return None, [problem("EK084", place, path=path.name, **why)]


def _packed_anew(data: bytes, limits: Limits, place: Place) -> bytes:
    parts = []
    entries = container.directory(data, limits, place)
    if _BODY not in entries:
        raise damaged(place, f"没有部件 {_BODY}", f"the part {_BODY} is missing")
    for key, part in entries.items():
        if key.endswith(_XML) and part.expanded > limits.structure_bytes:
            raise over_limit(
                place, f"部件 {part.name} 的字节数", f"the size of {part.name}", part.expanded, limits.structure_bytes
            )
        content = container.expand(data, part, place)
        if key.endswith(_XML):
            xml_part.check(part.name, content, place)
        if not part.name.isascii():
            raise damaged(place, f"部件名 {part.name} 不合规", f"the part name {part.name} is not allowed")
        parts.append((part.name, (content,), zlib.crc32(content)))
    return container.pack(parts)
