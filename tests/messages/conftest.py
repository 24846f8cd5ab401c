from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "evalkit"


@pytest.fixture(scope="session")
def sources() -> dict[str, ast.Module]:
    """Every module of evalkit but the catalogue, parsed, by its name."""
    return {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.parent.name != "messages"
    }
