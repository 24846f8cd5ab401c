"""Where definitions use plug-ins, and the plug-ins that a study may use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evalkit import library
from evalkit.definitions.indicators import IndicatorSet, Node
from evalkit.definitions.rules import PLUG_IN, PlugInNormalisation, PlugInRule
from evalkit.definitions.study import NodeOverride, Study
from evalkit.definitions.yaml_source import Document, Way
from evalkit.problems import Place, Problem, problem
from evalkit.registry import Kind, PlugIn, Registry, from_file, gathered, installed


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a definition names a plug-in, with the settings that it gives."""

    kind: Kind
    name: str
    settings: Mapping[str, Any]
    document: Document
    way: Way

    def place_of(self, key: str) -> Place:
        """Return where a key stands; an aggregation is one word."""
        if self.kind in {"aggregations", "weightings"}:
            return self.document.place(self.way)
        return self.document.place((*self.way, "reader" if (self.kind, key) == ("readers", "name") else key))


def uses(indicators: tuple[IndicatorSet, Document], study: tuple[Study, Document] | None) -> Iterator[Use]:
    """Yield every use in an indicator set and in the recipe of a study."""
    tree, document = indicators
    yield from _methods(tree.defaults, document, ("defaults",))
    for branch in tree.walk():
        yield from _methods(branch.node, document, branch.loc)
        yield from _weighting(branch.node, document, branch.loc)
        yield from _rules(branch.node, document, (*branch.loc, "measure"))
    if study is not None:
        for index, reading in enumerate(study[0].data.read):
            yield Use("readers", reading.reader, reading.settings, study[1], ("data", "read", index))
        recipe, document = study[0].recipe, study[1]
        yield from _methods(recipe, document, ("recipe",))
        for node, override in recipe.nodes.items():
            yield from _methods(override, document, ("recipe", "nodes", node))
            yield from _weighting(override, document, ("recipe", "nodes", node))


def _methods(part: Any, document: Document, way: Way) -> Iterator[Use]:  # noqa: ANN401 - whatever has these two keys
    if isinstance(part.normalise, PlugInNormalisation):
        use = part.normalise
        yield Use("normalisations", use.name, use.settings, document, (*way, "normalise"))
    if part.aggregate is not None and part.aggregate.startswith(PLUG_IN):
        yield Use("aggregations", part.aggregate.removeprefix(PLUG_IN), {}, document, (*way, "aggregate"))


def _weighting(part: Node | NodeOverride, document: Document, way: Way) -> Iterator[Use]:
    if part.weighting is not None:
        yield Use("weightings", part.weighting.removeprefix(PLUG_IN), {}, document, (*way, "weighting"))


def _rules(node: Node, document: Document, way: Way) -> Iterator[Use]:
    if node.measure is None:
        return
    for index, part in enumerate(node.measure.scored_parts):
        inner = way if node.measure.question else (*way, "parts", index)
        if isinstance(part.rule, PlugInRule):
            yield Use("rules", part.rule.name, part.rule.settings, document, (*inner, "rule"))


def plug_ins_of(
    study: Study, document: Document, folder: Path, files: dict[str, Path], *, needed: bool, allowed: bool
) -> tuple[Registry, list[Problem]]:
    """Load what installed packages offer, where it is ``needed``, and the files that the study names, if ``allowed``.

    Files that are not allowed are a finding (``EK357``) and are not run; what is read is added to ``files``.
    """
    found: list[PlugIn] = []
    problems: list[Problem] = []
    place = document.place(("plugins",))
    if needed:
        found, problems = installed(place)
    for index, name in enumerate(study.plugins):
        here = document.place(("plugins", index))
        if not allowed:
            problems.append(problem("EK357", here, path=name))
            continue
        path, more = library.within(folder, name, here)
        if path is not None and not library.is_file(path):
            more = [problem("EK001", here, path=name)]
        elif path is not None:
            files[name] = path
            plug_ins, more = from_file(path, name)
            found += plug_ins
        problems += more
    registry, more = gathered(found, place, incomplete=bool(problems))
    return registry, [*problems, *more]
