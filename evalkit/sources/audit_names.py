"""What a call sheet or a plan may call the scenarios, channels, slots and outcomes of a protocol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evalkit.definitions.protocol import Protocol
from evalkit.definitions.questionnaire import spelling
from evalkit.messages.nearest import listed, suggestion
from evalkit.problems import Place, Problem, problem

_WORDS = {
    "scenario": ("场景", "scenario"),
    "outcome": ("拨测结果", "outcome"),
    "slot": ("时段", "slot"),
    "channel": ("渠道", "channel"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """Codes by kind, then by their spelled code or label, Chinese or English."""

    codes: Mapping[str, Mapping[str, str]]

    def find(self, kind: str, text: str) -> str:
        """Return the code that a text means, the empty text where it means nothing."""
        return self.codes[kind].get(spelling(text), "")

    def unknown(self, kind: str, text: str, place: Place) -> Problem:
        """Return the finding that a text means nothing (EK602)."""
        known = self.codes[kind].values()
        zh, en = _WORDS[kind]
        about = {"what_zh": zh, "what_en": en, "name": text, "allowed": listed(dict.fromkeys(known))}
        return problem("EK602", place, **about, **suggestion(text, known))


def names_of(protocol: Protocol) -> Names:
    """Return the names of a protocol."""
    return Names(
        {
            kind: {
                spelling(text): each.code
                for each in getattr(protocol, f"{kind}s")
                for text in (each.name.zh, each.name.en, each.code)
            }
            for kind in _WORDS
        }
    )
