"""One block of replicates: the scores at any node, under other methods, other samples, or both."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping

import numpy as np

from evalkit.definitions.recipe import ResolvedNode
from evalkit.scoring.arrays import FloatArray
from evalkit.scoring.influence import SOURCES
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


def sampled(inputs: Inputs, block: int, draws: int, *, refit: bool = False) -> FloatArray:
    """Return raw values with their errors, (draws, units, indicators); the key of the generators is ``(2, block)``.

    With ``refit``, where the run freed scores of calls of their auditors' severity, no errors are drawn for what calls
    measure: the calls themselves are resampled, the same ones for all indicators, and severity is estimated again in
    every draw (:meth:`evalkit.scoring.call_refit.Refit.resampled`).
    """
    raw = np.tile(inputs.raw, (draws, 1, 1))
    refits = inputs.refits if refit and inputs.refits is not None and inputs.refits.freed else None
    for at, errors in inputs.draw_errors((2, block), draws):
        if refits is None or inputs.recipe.indicators[at].id not in refits.by_indicator:
            raw[..., at] += errors.T
    if refits is not None:
        last = len(inputs.recipe.indicators) + len(SOURCES)  # after the generators of indicators and sources
        counts = refits.counts(draws, np.random.default_rng([inputs.choices.seed, 2, block, last]))
        for at in np.flatnonzero(inputs.has_error).tolist():
            own = refits.by_indicator.get(inputs.recipe.indicators[at].id)
            if own is not None:
                raw[..., at] = [own.resampled(each) for each in counts]
    return raw
