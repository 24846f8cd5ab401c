"""One block of replicates: the scores at any node, under other methods, other samples, or both."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping

import numpy as np

from evalkit.definitions.recipe import ResolvedNode
from evalkit.scoring.arrays import FloatArray, IntArray
from evalkit.scoring.influence import SOURCES, Source
from evalkit.scoring.screens import NORMAL_MAD
from evalkit.uncertainty.error_propagation import subtree
from evalkit.uncertainty.inputs import Inputs, scored
from evalkit.uncertainty.method_space import MethodDraws, scenario
from evalkit.uncertainty.weighted_scores import index_scores


class ReplicateScores(Mapping[str, FloatArray]):
    """Scores by node, (draws, units), computed when they are asked for.

    ``raw`` is (units, indicators), or (draws, units, indicators) where every draw has a sample of its own.
    """

    def __init__(self, inputs: Inputs, draws: MethodDraws, raw: FloatArray) -> None:
        """Group the draws by their categorical choices, and normalise for each choice once."""
        self.inputs, self.draws = inputs, draws
        self._found: dict[str, FloatArray] = {}
        picks = draws.categories
        self._scenarios = []
        for pick in np.unique(picks, axis=0).tolist():
            rows = np.flatnonzero((picks == pick).all(axis=1))
            made = scenario(inputs, *pick)
            own = raw if raw.ndim == 2 else raw[rows]  # noqa: PLR2004 - units and indicators
            own = own if made.outliers is None else pulled_in(own, made.outliers)
            self._scenarios.append((rows, made.nodes, normalised(inputs, own, made.normalise)))

    def __getitem__(self, node: str) -> FloatArray:
        """Return the scores of a node."""
        if node not in self._found:
            root = self.inputs.recipe.by_id[node]
            units = len(self.inputs.units)
            scores = np.empty((len(self.draws.shares), units))
            for rows, nodes, leaves in self._scenarios:
                scores[rows] = node_scores(root, nodes, leaves, self.draws.shares[rows])
            self._found[node] = scores
        return self._found[node]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids of all nodes."""
        return (node.id for node in self.inputs.recipe.nodes)

    def __len__(self) -> int:
        """Return the number of nodes."""
        return len(self.inputs.recipe.nodes)


def node_scores(
    root: ResolvedNode, nodes: tuple[ResolvedNode, ...], leaves: FloatArray, shares: FloatArray
) -> FloatArray:
    """Return the scores of a node under draws of weights, (draws, units), from all indicators' scores."""
    inside = subtree(root, nodes)
    numbers = {at: number for number, at in enumerate(at for at, node in enumerate(nodes) if node.is_indicator)}
    own = [numbers[at] for at in inside if at in numbers]
    return index_scores([nodes[at] for at in inside], leaves[..., own], shares[:, inside])


def normalised(inputs: Inputs, raw: FloatArray, method: object) -> FloatArray:
    """Return scores in the shape of ``raw`` (…, units, indicators), by the recipe or all by one method."""
    scores = np.empty_like(raw)
    for at, node in enumerate(inputs.recipe.indicators):
        values = raw[..., at].T if raw.ndim > 2 else raw[:, at]  # noqa: PLR2004 - draws, units and indicators
        scores[..., at] = scored(node, values, method or node.normalise).T  # type: ignore[arg-type]  # a normalisation
    return scores


def pulled_in(raw: FloatArray, most: float) -> FloatArray:
    """Return ``raw`` (…, units, indicators) with values whose modified z-score exceeds ``most`` pulled in to that.

    By the definition of :func:`evalkit.scoring.screens.modified_z`; an indicator of which at least half of the values
    are equal has no such score, and stays as it is.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # an indicator without any value has no median
        middle = np.nanmedian(raw, axis=-2, keepdims=True)
        spread = np.nanmedian(np.abs(raw - middle), axis=-2, keepdims=True)
    reach = np.where(spread > 0, most * spread / NORMAL_MAD, np.inf)
    return np.clip(raw, middle - reach, middle + reach)


def resampled_sources(inputs: Inputs) -> tuple[Source, ...]:
    """Return of what ``sampled`` with ``refit`` draws other samples instead of errors."""
    carrying = {node.id for node, has in zip(inputs.recipe.indicators, inputs.has_error, strict=True) if has}
    calls, people = inputs.refits, inputs.respondent_refits
    again: dict[Source, bool] = {
        "calls": calls is not None and calls.freed and not carrying.isdisjoint(calls.by_indicator),
        "respondents": people is not None and not carrying.isdisjoint(people.by_indicator),
    }
    return tuple(source for source, drawn in again.items() if drawn)


def sampled(inputs: Inputs, block: int, draws: int, *, refit: bool = False) -> FloatArray:
    """Return raw values with their errors, (draws, units, indicators); the key of the generators is ``(2, block)``.

    With ``refit`` no errors are drawn for what is scored again (:func:`_scored_again`).
    """
    raw = np.tile(inputs.raw, (draws, 1, 1))
    again = _scored_again(inputs, block, draws) if refit else {}
    for at, errors in inputs.draw_errors((2, block), draws):
        raw[..., at] += errors.T
        if at in again:
            values, units = again[at]
            raw[..., units, at] = values[:, units]
    return raw


def _scored_again(inputs: Inputs, block: int, draws: int) -> dict[int, tuple[FloatArray, IntArray]]:
    """Return the raw values (draws, units) of indicators in samples drawn again, and for which units, by number.

    Where the run freed scores of calls of their auditors' severity, the calls are resampled, the same ones for all
    indicators, and severity is estimated again in every draw (:meth:`evalkit.scoring.call_refit.Refit.resampled`).
    Where it took medians of respondents, these are resampled, for means too. A unit with one call or one respondent
    keeps its normal errors.
    """
    found: dict[int, tuple[FloatArray, IntArray]] = {}
    number = {node.id: at for at, node in enumerate(inputs.recipe.indicators) if inputs.has_error[at]}
    last = len(inputs.recipe.indicators) + len(SOURCES)  # after the generators of indicators and sources
    key = [inputs.choices.seed, 2, block]
    sources, calls, people = resampled_sources(inputs), inputs.refits, inputs.respondent_refits
    if "calls" in sources and calls is not None:
        counts = calls.counts(draws, np.random.default_rng([*key, last]))
        for node, refit in calls.by_indicator.items():
            if node in number:
                found[number[node]] = np.array([refit.resampled(each) for each in counts]), np.flatnonzero(~refit.alone)
    if "respondents" in sources and people is not None:
        for node, values in people.resampled(draws, np.random.default_rng([*key, last + 1])).items():
            if node in number:
                found[number[node]] = values, np.flatnonzero(~people.alone(node))
    return found
