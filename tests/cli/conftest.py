"""Finished runs for the commands that read one."""

from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from evalkit.evaluate import Evaluation


@pytest.fixture
def values_folder(values_run: Evaluation, tmp_path: Path) -> Path:
    """The study of values, run."""
    return evalkit.write(values_run, tmp_path / "values-results", excel=False)


@pytest.fixture
def form_folder(form_run: Evaluation, tmp_path: Path) -> Path:
    """The study of questionnaires, run."""
    return evalkit.write(form_run, tmp_path / "form-results", excel=False)


@pytest.fixture
def corrected_folder(corrected_run: Evaluation, tmp_path: Path) -> Path:
    """The study with corrections, run."""
    return evalkit.write(corrected_run, tmp_path / "corrected-results", excel=False)
