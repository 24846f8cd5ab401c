"""What the checks look at: the definitions of a study, with the documents that give positions."""

from __future__ import annotations

from dataclasses import dataclass

from evalkit.definitions.awards import AwardScheme
from evalkit.definitions.indicators import IndicatorSet
from evalkit.definitions.protocol import Protocol
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.definitions.study import Study
from evalkit.definitions.yaml_source import Document
from evalkit.registry import NO_PLUG_INS, Registry


@dataclass(frozen=True, slots=True)
class Context:
    """An indicator set and what goes with it.

    ``questionnaire`` and ``protocol`` are None where there is none, or where the one that the study names is broken;
    ``awards`` lacks the schemes that are broken; ``study`` is None where definitions are looked at by themselves.
    """

    indicators: tuple[IndicatorSet, Document]
    questionnaire: tuple[Questionnaire, Document] | None
    awards: tuple[tuple[AwardScheme, Document], ...]
    study: tuple[Study, Document] | None = None
    plug_ins: Registry = NO_PLUG_INS
    protocol: tuple[Protocol, Document] | None = None

    @property
    def node_ids(self) -> list[str]:
        """All node ids in the order of the file."""
        return [branch.node.id for branch in self.indicators[0].walk()]

    @property
    def questionnaire_is_broken(self) -> bool:
        """The study names a questionnaire, but it could not be read."""
        named = self.study is not None and self.study[0].questionnaire is not None
        return named and self.questionnaire is None

    @property
    def protocol_is_broken(self) -> bool:
        """The study names a protocol, but it could not be read."""
        named = self.study is not None and self.study[0].protocol is not None
        return named and self.protocol is None
