"""Methods, settings and sources in words: the tables tell them in those of the files, Chinese readers need others."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Literal

from evalkit.messages import Language, choose, word
from evalkit.messages.words import WORDS

_KINDS: Mapping[str, Callable[[str, Language], str]] = {
    "method": lambda name, language: word(f"method_{name}", language),
    "setting": lambda name, language: word(f"setting_{name}", language),
    "basis_of": lambda name, language: word(f"basis_of_{name}", language),
    "ties": lambda name, language: word(f"ties_{name}", language),
    "rounding": lambda name, language: word(f"rounding_{name}", language),
}
BOTH: tuple[Literal["zh"], Literal["en"]] = ("zh", "en")
_METHOD = re.compile(r"^[a-z_]+")
_SETTING = re.compile(r"\b([a-z_]+)=(true|false)?")
_PART = re.compile(r"(?<= )([a-z_]+) x([\d.e+-]+)(?= \+ |$)")
_WHOLE_RULES = ("column", "formula", "call_scores", "call_rate", "call_quantile")


def told(kind: Literal["method", "setting", "basis_of", "ties", "rounding"], name: str, language: Language) -> str:
    """Return the word for a name of the files; the name itself where there is none, as for a plug-in's."""
    return _KINDS[kind](name, language) if f"{kind}_{name}" in WORDS else name


def method_text(row: Mapping[Hashable, Any], language: Language) -> str:
    """Return how an indicator is normalised, or the children of a node put together, from a row of ``nodes``."""
    if row["measure"]:
        normalised = str(row["normalise"])
        lower = f", {word('lower_is_better', language)}" if row["direction"] == "lower" else ""
        return choose(language, _chinese(normalised), normalised) + lower
    mean = {f"mean_{each}": told("method", row["aggregate"], each) for each in BOTH}
    missing = {f"missing_{each}": told("method", row["missing"], each) for each in BOTH}
    text = word("method_children", language, coverage=f"{row['min_coverage']:g}", **mean, **missing)
    text += word("method_weighting", language, weighting=row["weighting"]) if row["weighting"] else ""
    return f"{text}; {row['adjust']}" if row["adjust"] else text


def measure_text(text: str, language: Language) -> str:
    """Return where a raw value comes from, as :func:`evalkit.definitions.describe.describe_measure` tells it."""
    rule, _, rest = text.partition(" ")
    if rule in _WHOLE_RULES:
        return choose(language, f"{told('method', rule, 'zh')} {rest}", text)
    return choose(language, _PART.sub(lambda part: f"{told('method', part[1], 'zh')} ×{part[2]}", text), text)


def attestation_text(text: str, language: Language) -> str:
    """Return what a definition rests on; what is said behind a known word stays as it is."""
    return choose(language, "; ".join(map(_attested, text.split("; "))), text)


def _attested(text: str) -> str:
    kind, colon, of = text.partition(":")
    if kind == "split" and colon:
        return word("basis_of_split", "zh", of=of)
    first, comma, rest = text.partition(", ")
    return told("basis_of", first, "zh") + comma + rest


def _chinese(normalised: str) -> str:
    named = _METHOD.sub(lambda found: told("method", found[0], "zh"), normalised)
    return _SETTING.sub(
        lambda found: f"{told('setting', found[1], 'zh')}={told('setting', found[2], 'zh') if found[2] else ''}", named
    )
