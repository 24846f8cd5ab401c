"""Names for people of questions, their options and parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, choose
from evalkit.reports.outline.sheet import records


@dataclass(frozen=True, slots=True)
class QuestionNames:
    """The text of each question; by question and code the ``labels`` of options and parts, and which are ``ticks``."""

    texts: Mapping[str, str]
    labels: Mapping[tuple[str, str], str]
    ticks: frozenset[tuple[str, str]]


def question_names(evaluation: Evaluation, language: Language) -> QuestionNames:
    """Return what the table ``shares`` tells of the form; what has no mean is an option."""
    texts, labels, ticks = {}, {}, set()
    for row in records(evaluation["shares"]):
        texts[row["question"]] = choose(language, row["text_zh"], row["text_en"])
        labels[row["question"], row["option"]] = choose(language, row["label_zh"], row["label_en"])
        if pd.isna(row["mean"]):
            ticks.add((row["question"], row["option"]))
    return QuestionNames(texts, labels, frozenset(ticks))
