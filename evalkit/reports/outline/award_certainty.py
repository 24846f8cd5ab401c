"""How sure an award is, as cells of the list of awards and as notes below it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language, word
from evalkit.reports.outline.certainty import percent
from evalkit.reports.outline.names import award_names
from evalkit.reports.outline.sheet import Column

_SHARES = ("stability", "method_stability")


def certainty_columns(evaluation: Evaluation, language: Language) -> list[Column]:
    """Return the columns that the run has: certificate and its method, shares of replicates."""
    table = evaluation["awards"]
    columns = []
    if "certificate" in table:
        columns += [
            Column(word("certificate", language), "text", 20),
            Column(word("certificate_method", language), "text", 20),
        ]
    if "method_stability" in table:
        columns += [Column(word(name, language), "percent", 14) for name in _SHARES]
    return columns


def certainty_cells(row: Mapping[Hashable, Any], language: Language) -> list[Any]:
    """Return the cells of a row of ``awards`` in these columns."""
    cells: list[Any] = []
    if "certificate" in row:
        cells += [certificate_text(row["certificate"], language), method_text(row["certificate_method"], language)]
    if "method_stability" in row:
        cells += [row[name] for name in _SHARES]
    return cells


def certificate_text(certificate: str, language: Language) -> str:
    """Return a certificate in words; empty for none."""
    return word(f"certificate_{certificate}", language) if certificate else ""


def method_text(method: str, language: Language) -> str:
    """Return the method of a certificate, such as ``rank sets, stepdown, 0.95``, in words; empty for none."""
    kind, _, more = method.partition(", ")
    return word(f"certificate_by_{kind}", language, draws=more.partition(", ")[0]) if kind else ""


def certainty_notes(evaluation: Evaluation, language: Language) -> Iterator[str]:
    """Yield what certificates and shares of replicates mean, as far as the run has them."""
    table = evaluation["awards"]
    if "certificate" in table:
        level = percent(evaluation.manifest["study"]["uncertainty"]["level"])
        yield word("note_certificates", language, level=level)
        kinds = {method.partition(", ")[0] for method in table["certificate_method"]}
        if "replicates" in kinds:
            yield word("note_certificates_replicates", language, level=level)
        if "none" in kinds:
            yield word("note_certificates_none", language)
    if "method_stability" in table:
        yield word("note_stability", language, count=evaluation.manifest["replicates"]["awards"])
        if _has_juries(evaluation):
            yield word("note_judges", language)
        yield from _held(evaluation, language)


def _has_juries(evaluation: Evaluation) -> bool:
    schemes = evaluation.manifest["awards"]
    compared = [award.get("compare", {}) for scheme in schemes for award in scheme["rules"]["awards"]]
    return any(each.get("method") == "jury" for each in compared)


def _held(evaluation: Evaluation, language: Language) -> Iterator[str]:
    """Yield what replicates hold as it is, by award."""
    labels = award_names(evaluation, language)
    rows = evaluation["awards"][["scheme", "award", "held_fixed"]].drop_duplicates()
    for scheme, award, held in rows.itertuples(index=False):
        if held:
            names = "、" if language == "zh" else ", "
            said = names.join(word(f"held_{key}", language) for key in held.split(", "))
            yield word("note_held", language, award=labels[scheme, award], held=said)
