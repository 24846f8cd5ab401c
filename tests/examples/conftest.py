"""The example is run once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from evalkit.evaluate import Evaluation, Project

STUDY = Path(__file__).parents[2] / "examples" / "cities79" / "study.yaml"


@pytest.fixture(scope="session")
def project() -> Project:
    return evalkit.load(STUDY)


@pytest.fixture(scope="session")
def evaluation(project: Project) -> Evaluation:
    return project.run()
