"""What the ranking says of the last earlier wave."""

from __future__ import annotations

from typing import Any

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, word
from evalkit.reports.outline.sheet import Column, records


class Changes:
    """Rank then, places climbed and change of score of each unit at the index; no columns without an earlier wave."""

    def __init__(self, evaluation: Evaluation, language: Language) -> None:
        """Pick the units that are compared."""
        compared = [row for row in records(evaluation.ranking()) if row["wave_then"]]
        self.rows = {row["unit"]: row for row in compared}
        self.wave = compared[0]["wave_then"] if compared else ""
        self.basis = compared[0]["basis"] if compared else ""
        self.language = language

    @property
    def columns(self) -> tuple[Column, ...]:
        """Titles of the columns."""
        if not self.rows:
            return ()
        return (
            Column(word("rank_then", self.language, wave=self.wave), "integer", 12),
            Column(word("rank_change", self.language), "integer", 12),
            Column(word("score_change", self.language), "printed", 12),
        )

    def cells(self, unit: str) -> list[Any]:
        """Return the cells of a unit."""
        if not self.rows:
            return []
        row = self.rows.get(unit, {})
        return [row.get(name) for name in ("rank_then", "rank_change", "score_change")]

    @property
    def notes(self) -> tuple[str, ...]:
        """Say what is compared."""
        if not self.rows:
            return ()
        basis = {language: word(f"basis_{self.basis}", language) for language in ("zh", "en")}
        return (word("note_waves", self.language, wave=self.wave, basis_zh=basis["zh"], basis_en=basis["en"]),)
