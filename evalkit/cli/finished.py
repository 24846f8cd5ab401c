"""Opening a finished run for a command, with the finding and the exit code where there is none."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from evalkit.cli.main import FINDINGS, UNREADABLE
from evalkit.cli.output import print_findings, print_json
from evalkit.messages import Language
from evalkit.problems import Problem, problem

if TYPE_CHECKING:
    from evalkit.evaluate import Evaluation


def open_run(
    path: Path, language: Language, *, as_json: bool, scores: bool = True, allow_plugins: bool = False
) -> Evaluation:
    """Return a finished run, or a study file evaluated on the spot.

    A run of which only tiers are published is refused (``EK526``); a command that shows no ``scores`` gets its public
    part.
    """
    from evalkit.evaluate.publication import public, tiers_only  # noqa: PLC0415 - late: loads pandas and pydantic

    evaluation = _opened(path, language, as_json=as_json, allow_plugins=allow_plugins)
    if scores and tiers_only(evaluation):
        refuse([problem("EK526")], language, as_json=as_json)
    return public(evaluation)


def _opened(path: Path, language: Language, *, as_json: bool, allow_plugins: bool) -> Evaluation:
    from evalkit.evaluate.project import StudyError, load  # noqa: PLC0415 - late: loads pandas and pydantic
    from evalkit.reports.folder import FolderError, read  # noqa: PLC0415 - late, as above
    from evalkit.uncertainty import assessment  # noqa: PLC0415 - late, as above

    code = UNREADABLE
    try:
        if path.suffix not in {".yaml", ".yml"}:
            return read(path)
        project = load(path, allow_plugins=allow_plugins)
        code = FINDINGS
        return assessment.run(project)
    except FolderError as error:
        refuse([error.problem], language, as_json=as_json, code=code)
    except StudyError as error:
        refuse(error.problems, language, as_json=as_json, code=code)


def refuse(problems: Sequence[Problem], language: Language, *, as_json: bool, code: int = FINDINGS) -> NoReturn:
    """Say why not, and stop."""
    if as_json:
        print_json({}, problems, language)
    else:
        print_findings(problems, language)
    sys.exit(code)
