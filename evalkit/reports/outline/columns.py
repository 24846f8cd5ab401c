"""Columns that sheets share: whom a row is about, and where it was read."""

from __future__ import annotations

from evalkit.messages import Language, word
from evalkit.reports.outline.sheet import Column


def unit_columns(language: Language) -> tuple[Column, Column]:
    """Return the columns of a unit: its id and its name."""
    return Column(word("unit", language), "text", 14), Column(word("name", language), "text", 24)


def place_columns(language: Language) -> tuple[Column, Column]:
    """Return the columns of a place: its file, and its cell or line."""
    return Column(word("file", language), "text", 36), Column(word("cell", language), "text", 24)
