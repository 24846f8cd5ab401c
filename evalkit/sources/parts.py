"""The XML parts of a workbook, unpacked and checked when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evalkit.definitions.limits import Limits
from evalkit.problems import Place
from evalkit.sources import container, xml_part


class Parts(Mapping[str, bytes]):
    """Content by lower-case name; asking for a part raises :class:`RefusedError` where it does not stand the checks.

    A part that nobody asks for (pictures, themes, charts) stays packed: it goes to no reader, so it can do no harm.
    """

    def __init__(self, data: bytes, limits: Limits, place: Place) -> None:
        """Read the directory of the container ``data``; raises as :func:`evalkit.sources.container.directory` does."""
        self._data = data
        self._place = place
        self._entries = container.directory(data, limits, place)
        self._contents: dict[str, bytes] = {}

    def __getitem__(self, key: str) -> bytes:
        """Return the content of an XML part in UTF-8 without a DTD."""
        content = self._contents.get(key)
        if content is None:
            content = container.expand(self._data, self._entries[key], self._place)
            xml_part.check(key, content, self._place)
            self._contents[key] = content
        return content

    def __contains__(self, key: object) -> bool:
        """Tell whether the directory has the part."""
        return key in self._entries

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._entries)

    def __len__(self) -> int:
        """Return the number of parts."""
        return len(self._entries)

    def checksum(self, key: str) -> int:
        """Return the CRC-32 of a part."""
        return self._entries[key].crc
