"""Makes ``tests.small_studies`` importable from wherever pytest is started, and offers its studies as fixtures."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parents[1]))

from evalkit.evaluate import Evaluation
from tests.small_studies import form_study, run, values_study, write_table

# The same examples in every run, so that a failure is due to the change; HYPOTHESIS_PROFILE=explore looks further.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name cases of bytes by their number: a file made on the spot may carry the time, and workers would disagree."""
    return "bytes" if isinstance(val, bytes) else None


FORM_TREE = {
    "id": "ROOT",
    "name": {"zh": "总指数", "en": "Index"},
    "children": [
        {
            "id": "OPEN",
            "name": {"zh": "开通", "en": "Open"},
            "measure": {"question": "Q1", "rule": {"method": "points", "points": {"yes": 100, "no": 0}}},
        },
        {"id": "CHANNELS", "name": "Channels", "measure": {"question": "Q3", "rule": {"method": "share"}}},
        {
            "id": "MIXED",
            "name": "Mixed",
            "measure": {
                "parts": [
                    {"question": "Q4", "rule": {"method": "scale"}, "weight": 3},
                    {"question": "Q6", "rule": {"method": "ratio", "numerator": "net", "denominator": "total"}},
                ]
            },
        },
    ],
}
FILLED: dict[str, dict[str, object]] = {
    "U1": {"Q1": "是", "Q3.web": "√", "Q3.app": "√", "Q4": "best", "Q6.net": 30, "Q6.total": 60, "Q8": 3},
    "U2": {"Q1": "否", "Q3.web": "√", "Q4": "fair", "Q6.net": 1, "Q6.total": 0},
    "U3": {"Q1": "是", "Q3.web": "不适用", "Q3.app": "√", "Q4": "worst", "Q5": "很多"},
}
LEDGER = (
    ("unit", "question", "old", "new", "reason", "by", "date"),
    ("甲市", "Q4", "best", "worst", "电话核实; 非最好", "王芳", "2020-12-01"),
    ("U3", "Q5", "很多", "12", "来函更正", "王芳", "2020-12-02"),
    ("U3", "Q6.net", "", "不适用", "来函更正", "王芳", "2020-12-02"),
)


@pytest.fixture
def values_path(tmp_path: Path) -> Path:
    """A study of ready-made values, with peer groups."""
    return values_study(tmp_path / "values", recipe={"peer_groups": ["class"]})


@pytest.fixture
def form_path(tmp_path: Path) -> Path:
    """A study whose questionnaires three of four units have filled."""
    notice = {"zh": "合成数据", "en": "Synthetic data"}
    return form_study(tmp_path / "forms", FORM_TREE, FILLED, notice=notice)


@pytest.fixture
def values_run(values_path: Path) -> Evaluation:
    """The study of values, evaluated."""
    return run(values_path)


@pytest.fixture
def form_run(form_path: Path) -> Evaluation:
    """The study of questionnaires, evaluated."""
    return run(form_path)


@pytest.fixture
def corrected_path(tmp_path: Path) -> Path:
    """The study of questionnaires with a ledger of corrections."""
    path = form_study(tmp_path / "corrected", FORM_TREE, FILLED, corrections="corrections.csv")
    write_table(path.parent / "corrections.csv", LEDGER)
    return path


@pytest.fixture
def corrected_run(corrected_path: Path) -> Evaluation:
    """The study with corrections, evaluated."""
    return run(corrected_path)
