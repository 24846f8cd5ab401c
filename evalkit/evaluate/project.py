"""A study opened for work: check it, run it. The entrance for people who program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evalkit.definitions.bundle import Bundle, load_bundle
from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.gather import Gathered, gather
from evalkit.evaluate.given_errors import check_given_errors
from evalkit.evaluate.pipeline import evaluate
from evalkit.evaluate.screening import screen
from evalkit.problems import Problem, has_errors, problem
from evalkit.scoring.plug_ins import PlugInError
from evalkit.sources.reading import ONE_BY_ONE, Reading


class StudyError(Exception):
    """The study cannot be read or run; ``problems`` say why."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the findings; the text lists the errors among them."""
        self.problems = problems
        errors = [f"{each.place}: {each.message('en')}" for each in problems if each.severity == "error"]
        super().__init__("\n".join(errors) or "the study cannot be read")


@dataclass(frozen=True, slots=True)
class Project:
    """A study whose definitions are read; ``problems`` are the findings in them."""

    path: Path
    bundle: Bundle
    problems: list[Problem]

    def gather(self, reading: Reading = ONE_BY_ONE) -> tuple[Gathered | None, list[Problem]]:
        """Read the data and look them over; None where the definitions or the register do not allow it."""
        data, problems = gather(self.bundle, reading)
        return data, problems if data is None else [
            *problems,
            *screen(self.bundle, data),
            *check_given_errors(self.bundle, data),
        ]

    def check(self, reading: Reading = ONE_BY_ONE) -> list[Problem]:
        """Return all findings in definitions and data, without scoring."""
        return [*self.problems, *self.gather(reading)[1]]

    def run(self, *, strict: bool = False, reading: Reading = ONE_BY_ONE) -> Evaluation:
        """Read the data, score, rank and award. With ``strict`` nothing is ranked while errors stand.

        Raises StudyError where an indicator set, a questionnaire or the register cannot be read, and where a plug-in
        fails.
        """
        data, problems = self.gather(reading)
        problems = [*self.problems, *problems]
        if data is None or not self.bundle.whole or has_errors(self.problems):
            raise StudyError(problems)
        if strict and has_errors(problems):
            count = sum(each.severity == "error" for each in problems)
            raise StudyError([*problems, problem("EK407", count=count)])
        try:
            return evaluate(self.bundle, data, problems)
        except PlugInError as error:
            raise StudyError([*problems, error.problem]) from error


def load(path: str | Path, *, allow_plugins: bool = False) -> Project:
    """Open a study file. Raises StudyError where it cannot be read; other findings are in ``problems``.

    With ``allow_plugins`` the Python files that the study names under ``plugins:`` are run: do so only with a study
    that you trust, since they can do whatever Python can.
    """
    bundle, problems = load_bundle(Path(path), allow_plugins=allow_plugins)
    if bundle is None:
        raise StudyError(problems)
    return Project(Path(path), bundle, problems)
