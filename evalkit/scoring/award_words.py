"""Sentences of a reason, said in Chinese and in English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evalkit.messages import choose, word

NO_NAMES: Mapping[str, tuple[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence: the key of its words, what to fill in, and names that differ by language (zh, en)."""

    key: str
    params: Mapping[str, object]
    names: Mapping[str, tuple[str, str]]


def said(key: str, names: Mapping[str, tuple[str, str]] = NO_NAMES, /, **params: object) -> Said:
    """Make a sentence."""
    return Said(key, params, names)


def joined(sentences: Iterable[Said]) -> str:
    """Return the sentences as a reason in both languages."""
    sentences = tuple(sentences)
    zh = ";".join(word(each.key, "zh", **_filled(each, 0)) for each in sentences)
    en = "; ".join(word(each.key, "en", **_filled(each, 1)) for each in sentences)
    return choose("both", zh, en)


def _filled(sentence: Said, language: int) -> dict[str, object]:
    return {**sentence.params, **{key: names[language] for key, names in sentence.names.items()}}
