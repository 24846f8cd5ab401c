"""What the definitions of a study say of each other: one small check a fact, none stops another."""

from __future__ import annotations

from evalkit.definitions.crosscheck.awards import check_awards
from evalkit.definitions.crosscheck.checks import check_wave
from evalkit.definitions.crosscheck.context import Context
from evalkit.definitions.crosscheck.diagnosis import check_diagnosis
from evalkit.definitions.crosscheck.exports import check_exports
from evalkit.definitions.crosscheck.measures import check_measures
from evalkit.definitions.crosscheck.plug_ins import check_plug_ins
from evalkit.definitions.crosscheck.protocol import check_protocol
from evalkit.definitions.crosscheck.questionnaire import check_form, check_questionnaire, used_questions
from evalkit.definitions.crosscheck.recipe import check_recipe
from evalkit.definitions.crosscheck.records import check_records
from evalkit.definitions.crosscheck.tree import check_tree
from evalkit.definitions.crosscheck.uncertainty import check_uncertainty
from evalkit.problems import Problem

__all__ = ["TREE_CHECKS", "Context", "check_form", "crosscheck", "used_questions"]

TREE_CHECKS = (
    check_tree,
    check_recipe,
    check_measures,
    check_plug_ins,
    check_questionnaire,
    check_protocol,
    check_wave,
    check_exports,
    check_records,
    check_awards,
    check_uncertainty,
    check_diagnosis,
)
"""Generators of findings over a :class:`Context`; each leaves out what the context does not allow."""


def crosscheck(context: Context) -> list[Problem]:
    """Return all findings of all checks."""
    return [finding for check in TREE_CHECKS for finding in check(context)]
