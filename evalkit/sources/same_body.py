"""Names that may mean one body: printed lists name a hotline now by itself, now by its office, now with another word.

It proposes and never merges: whoever keeps the register decides, and writes what is one unit into ``aliases``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from evalkit.sources.cell_text import fold

ALIKE = 0.5
"""Likeness from which two names of one place are proposed to be one body."""
MOST_COMPARED = 200
"""Names of one place that are all compared; of more, such as the offices of a city, only those with the same words."""

_PLACE = re.compile(r"(?:.{2,3}省)?(.{2,8}?)(?:市|区|县|盟|自治州)")
_PART = re.compile(r"(.{2,8}?)(?:区|县)")
_EVERYWHERE = re.compile(
    "人民政府|政府|政务|便民|市民|公共|服务|受理|管理|指挥|热线|中心|办公室|平台|12345|市(?!长)|[区县的和与]"
)
"""Words that name no body: a hotline may carry any of them."""
_NUMBER = re.compile(r"\d+")
_MARKS = re.compile(r"[\s\W_]+")


@dataclass(frozen=True, slots=True)
class Body:
    """A name taken apart: the place it is of, and the words that tell it from another body there."""

    name: str
    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two names of one place; ``likeness`` from 0 to 1, and whether it is enough to propose that they are one body."""

    first: str
    second: str
    place: str
    likeness: float

    @property
    def alike(self) -> bool:
        """Proposed to be one body; otherwise two bodies of one place, or one under a new name."""
        return self.likeness >= ALIKE


def taken_apart(name: str, places: Iterable[str] = ()) -> Body:
    """Take a name apart; ``places`` are known ones without 市, 区 …, for names that leave the ending out.

    A district or county of a city is a place of its own: 成都市龙泉驿区 is not 成都.
    """
    text = _MARKS.sub("", fold(name)).lstrip("0123456789")
    found = _PLACE.match(text)
    if found:
        place, rest = found[1], text[found.end() :]
        part = _PART.match(rest)
        if part and found[0].endswith("市"):
            place, rest = part[1], rest[part.end() :]
    else:
        place = max((each for each in places if each in text), key=len, default="")
        rest = text.replace(place, "", 1)
    words = _EVERYWHERE.sub("", rest.replace(place, "") if place else rest)
    return Body(name, place, words)


def proposals(names: Iterable[str]) -> list[Proposal]:
    """Compare all names that are of one place; likest first within a place, places in the order of the names."""
    distinct = list(dict.fromkeys(names))
    places = sorted({body.place for body in map(taken_apart, distinct)} - {""})
    by_place: dict[str, list[Body]] = defaultdict(list)
    for name in distinct:
        body = taken_apart(name, places)
        by_place[body.place].append(body)
    return [
        proposal
        for place, bodies in by_place.items()
        if place
        for proposal in sorted(_pairs(place, bodies), key=lambda each: -each.likeness)
    ]


def _pairs(place: str, bodies: list[Body]) -> Iterable[Proposal]:
    few = len(bodies) <= MOST_COMPARED
    by_words: dict[str, list[Body]] = defaultdict(list)
    for second in bodies:
        for first in by_words["" if few else second.words]:
            yield Proposal(first.name, second.name, place, likeness(first.words, second.words))
        by_words["" if few else second.words].append(second)


def likeness(one: str, other: str) -> float:
    """Return the overlap of the pairs of letters of two texts: 2 |A ∩ B| ÷ (|A| + |B|); 1 for two empty ones.

    Texts that differ in a number are not alike at all (第7局, 第8局). The coefficient of Dice (1945), *Ecology* 26 (3),
    297-302.
    """
    if _NUMBER.findall(one) != _NUMBER.findall(other):
        return 0.0
    first, second = ({text[at : at + 2] for at in range(max(len(text) - 1, 1))} - {""} for text in (one, other))
    if not first and not second:
        return 1.0
    return 2 * len(first & second) / (len(first) + len(second))
