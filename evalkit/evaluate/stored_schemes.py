"""The award schemes of a finished run, as they stand in its manifest."""

from __future__ import annotations

from pydantic import ValidationError

from evalkit.definitions.award_compare import Score
from evalkit.definitions.award_rules import Band, Blocks, Top
from evalkit.definitions.awards import Award, AwardScheme
from evalkit.evaluate.evaluation import Evaluation


def stored_schemes(evaluation: Evaluation) -> list[AwardScheme]:
    """Return the schemes whose rules were kept, in the order of the study.

    A scheme without them, or with some that are no rules of ours, is left out: an older run, or one that was changed.
    """
    schemes = []
    for each in evaluation.manifest["awards"]:
        try:
            schemes.append(AwardScheme.model_validate(each.get("rules")))
        except ValidationError:
            continue
    return schemes


def goes_by_scores(scheme: AwardScheme, award: Award) -> bool:
    """Tell whether the scores of this wave and the register alone say who wins an award.

    Not so for a jury, a decision and earlier waves, nor for a smallest sample that is counted in answers.
    """
    counted = any(each.sample is not None and each.sample.node is not None for each in scheme.gates_of(award))
    return isinstance(award.compare, Score) and isinstance(award.rule, Band | Top | Blocks) and not counted
