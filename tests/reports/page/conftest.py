"""The made-up study that fills every part of the page, run once for all tests of the page."""

from __future__ import annotations

import pytest

from evalkit.evaluate import Evaluation
from tests.reports.page.whole_study import whole_study


@pytest.fixture(scope="session")
def whole_run(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    return whole_study(tmp_path_factory.mktemp("whole"))
