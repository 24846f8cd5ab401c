"""What the checks look at: the definitions of a study, with the documents that give positions."""

from __future__ import annotations

from dataclasses import dataclass

from evalkit.definitions.awards import AwardScheme
from evalkit.definitions.indicators import IndicatorSet
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.definitions.study import Study
from evalkit.definitions.yaml_source import Document


@dataclass(frozen=True, slots=True)
class Context:
    """A study and what could be read of the definitions it names.

    ``indicators`` and ``questionnaire`` are None where they are broken; the questionnaire also where the study names
    none. ``awards`` lacks the schemes that are broken.
    """

    study: tuple[Study, Document]
    indicators: tuple[IndicatorSet, Document] | None
    questionnaire: tuple[Questionnaire, Document] | None
    awards: tuple[tuple[AwardScheme, Document], ...]

    @property
    def node_ids(self) -> list[str]:
        """All node ids in the order of the file; none where there is no indicator set."""
        return [] if self.indicators is None else [branch.node.id for branch in self.indicators[0].walk()]
