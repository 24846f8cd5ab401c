"""Refusing a file: raised inside this folder only; what people call from outside returns findings."""

from __future__ import annotations

from dataclasses import replace

from evalkit.problems import Place, Problem, problem


class RefusedError(Exception):
    """The file is not to be opened; ``problem`` says why."""

    def __init__(self, found: Problem) -> None:
        """Take the finding."""
        super().__init__(found.code)
        self.problem = found

    def on_sheet(self, name: str) -> RefusedError:
        """Return the same refusal with the sheet named."""
        return RefusedError(replace(self.problem, place=self.problem.place.at(sheet=name)))


def damaged(place: Place, zh: str, en: str) -> RefusedError:
    """Return the refusal of a broken file (``EK223``) with the reason in both languages."""
    return RefusedError(problem("EK223", place, reason_zh=zh, reason_en=en))


def over_limit(place: Place, zh: str, en: str, found: object, limit: object) -> RefusedError:
    """Return the refusal of a file that is too large in the respect named (``EK235``)."""
    return RefusedError(problem("EK235", place, what_zh=zh, what_en=en, found=found, limit=limit))


def wrong_kind(place: Place, kind: tuple[str, str]) -> RefusedError:
    """Return the refusal of a file that is no workbook (``EK220``); ``kind`` names in both languages what it is."""
    return RefusedError(problem("EK220", place, kind_zh=kind[0], kind_en=kind[1]))
