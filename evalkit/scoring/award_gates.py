"""Who may take part in an award: columns of the register, scores at other nodes, vetoes, sample sizes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evalkit.definitions.awards import Gates, Sample, Veto
from evalkit.problems import Place, Problem, problem
from evalkit.scoring.arrays import BoolArray, FloatArray
from evalkit.scoring.award_field import Field
from evalkit.scoring.award_selection import in_band


@dataclass(frozen=True, slots=True, eq=False)
class Passed:
    """Who passes the gates (units,), and who would but for a veto (units,), with the vetoes' names (zh, en)."""

    eligible: BoolArray
    vetoed: BoolArray
    vetoes: dict[int, tuple[str, str]]

    def and_also(self, other: Passed) -> Passed:
        """Join the gates of the scheme with those of an award."""
        barred = self.vetoed | other.vetoed
        vetoed = barred & (self.eligible | self.vetoed) & (other.eligible | other.vetoed)
        return Passed(self.eligible & other.eligible, vetoed, other.vetoes | self.vetoes)


def pass_gates(gates: Gates, field: Field, name: str) -> tuple[Passed, list[Problem]]:
    """Tell who passes; a veto (``EK505``) and too small a sample (``EK506``) are noted unit by unit under ``name``."""
    mask = np.ones(len(field.units), dtype=np.bool_)
    for column, allowed in gates.eligible.items():
        mask &= np.array([value in allowed for value in field.columns[column]], dtype=np.bool_)
    for node, minimum in gates.minimum.items():
        mask &= in_band(field.scores[node], minimum, None, "left", tolerance=field.tolerance)
    problems: list[Problem] = []
    if gates.sample is not None:
        sizes = _sizes(gates.sample, field)
        small = mask & ~(sizes >= gates.sample.minimum)
        for index in np.flatnonzero(small).tolist():
            unit, found = field.units[index], "-" if np.isnan(sizes[index]) else f"{sizes[index]:g}"
            about = {"unit": unit, "award": name, "found": found, "minimum": gates.sample.minimum}
            problems.append(problem("EK506", Place(unit=unit), **about))
        mask &= ~small
    vetoes: dict[int, tuple[str, str]] = {}
    for veto in gates.veto:
        for index in np.flatnonzero(mask & _barred(veto, field)).tolist():
            said = (veto.name.say("zh"), veto.name.say("en"))
            vetoes.setdefault(index, said)
            unit = field.units[index]
            about_veto = {"unit": unit, "award": name, "veto_zh": said[0], "veto_en": said[1]}
            problems.append(problem("EK505", Place(unit=unit), **about_veto))
    vetoed = np.zeros_like(mask)
    vetoed[list(vetoes)] = True
    return Passed(mask & ~vetoed, vetoed, vetoes), problems


def _barred(veto: Veto, field: Field) -> BoolArray:
    if veto.column is not None:
        return np.array([value in veto.values for value in field.columns[veto.column]], dtype=np.bool_)
    scores = field.scores[veto.node or field.root]
    barred = np.zeros(len(field.units), dtype=np.bool_)
    if veto.below is not None:
        barred |= in_band(scores, None, veto.below, "neither", tolerance=field.tolerance)
    if veto.above is not None:
        barred |= in_band(scores, veto.above, None, "neither", tolerance=field.tolerance)
    return barred


def _sizes(sample: Sample, field: Field) -> FloatArray:
    """Sample sizes (units,); NaN where the register says nothing that is a number."""
    if sample.column is None:
        return field.sizes[sample.node or field.root].astype(np.float64)
    return np.array([_number(text) for text in field.columns[sample.column]], dtype=np.float64)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")
