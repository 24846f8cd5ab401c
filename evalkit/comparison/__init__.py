"""Runs held against themselves and against each other."""

from __future__ import annotations

from evalkit.comparison.difference import Difference, diff

__all__ = ["Difference", "diff"]
