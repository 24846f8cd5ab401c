"""Sampling errors of an indicator's raw values as sums over the calls, respondents or records that they come from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from scipy import sparse

from evalkit.scoring.arrays import FloatArray

Source = Literal["calls", "respondents", "records"]
SOURCES: tuple[Source, ...] = ("calls", "respondents", "records")
How = Literal["", "pooled", "severity model", "resampled, pooled", "linearised", "resampled"]
"""How variances were found: ``pooled``, one variance of a call for all units; ``severity model``, from the model that
frees scores of severity; ``linearised``, from each unit's own respondents or records; ``resampled``, by drawing calls
or respondents again."""


@dataclass(frozen=True, slots=True, eq=False)
class Influence:
    """What each cluster adds to the error of each unit: error = ``own`` z − ``shared`` (``through`` z), z ~ N(0, 1).

    A cluster is a call, an auditor or a respondent, or stands for a unit alone; indicators of one ``source`` have the
    same clusters, so that one z gives the errors of all of them, with their covariance. ``own`` is sparse (units,
    clusters). ``shared`` (units, k) and ``through`` (k, clusters) are what reaches a unit by k things that it shares
    with others, such as the estimated severity of its auditors; k may be 0. ``how`` is only said to readers.
    """

    source: Source
    own: sparse.csr_array
    shared: FloatArray
    through: FloatArray
    how: How = ""

    @classmethod
    def of(cls, source: Source, own: sparse.csr_array, how: How = "") -> Influence:
        """Return the influence of clusters that reach units by nothing shared."""
        units, clusters = own.shape
        return cls(source, own, np.zeros((units, 0)), np.zeros((0, clusters)), how)

    @property
    def clusters(self) -> int:
        """How many clusters there are."""
        return int(self.own.shape[1])

    @property
    def independent(self) -> bool:
        """Whether no cluster reaches two units."""
        reached = np.bincount(self.own.indices[self.own.data != 0], minlength=1)
        return not self.shared.any() and bool((reached <= 1).all())

    def errors(self, z: FloatArray) -> FloatArray:
        """Return the errors (units, draws) for standard normal ``z`` (clusters, draws)."""
        return np.asarray(self.own @ z - self.shared @ (self.through @ z))

    def variances(self) -> FloatArray:
        """Return the variance of each unit's error, (units,)."""
        alone = np.asarray(self.own.multiply(self.own).sum(axis=1)).ravel()
        crossed = ((self.own @ self.through.T) * self.shared).sum(axis=1)
        within = ((self.shared @ (self.through @ self.through.T)) * self.shared).sum(axis=1)
        return np.asarray(np.maximum(alone - 2 * crossed + within, 0.0))

    def with_variances(self, wanted: FloatArray) -> Influence:
        """Return the influence with other variances (units,) and the same correlations.

        A unit that has no variance to be scaled gets a cluster of its own; those clusters come last, one a unit.
        """
        present = self.variances()
        factor = np.sqrt(np.divide(wanted, present, out=np.zeros(len(present)), where=present > 0))
        alone = sparse.diags_array(np.where(present > 0, 0.0, np.sqrt(wanted)))
        scaled = sparse.diags_array(factor) @ self.own
        through = np.hstack([self.through, np.zeros((len(self.through), len(present)))])
        whole = sparse.csr_array(sparse.hstack([scaled, alone], format="csr"))
        return replace(self, own=whole, shared=self.shared * factor[:, None], through=through)
