"""Floor 4: definitions and observations in, an :class:`Evaluation` out: one long table a stage."""

from __future__ import annotations

from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.project import Project, load

__all__ = ["Evaluation", "Project", "load"]
