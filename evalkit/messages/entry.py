"""One entry of the catalogue of findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """Severity and texts of a finding. ``{name}`` in a text is filled from the finding's ``params``."""

    severity: Literal["error", "warning", "note"]
    zh: str
    en: str
    hint_zh: str = ""
    hint_en: str = ""

    def message(self, language: str, params: Mapping[str, str]) -> str:
        """Return the finding in words."""
        return _filled(language, self.zh, self.en, params)

    def hint(self, language: str, params: Mapping[str, str]) -> str:
        """Return the remedy in words."""
        return _filled(language, self.hint_zh, self.hint_en, params)


def _filled(language: str, zh: str, en: str, params: Mapping[str, str]) -> str:
    chosen = {"zh": (zh,), "en": (en,)}.get(language, (zh, en))
    return " / ".join(dict.fromkeys(text.format_map(params) for text in chosen if text))
