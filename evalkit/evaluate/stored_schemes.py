"""The award schemes of a finished run, as they stand in its manifest."""

from __future__ import annotations

from pydantic import ValidationError

from evalkit.definitions.awards import AwardScheme
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
