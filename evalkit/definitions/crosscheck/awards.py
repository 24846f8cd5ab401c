"""Award schemes: nodes that must exist, ids used once, cut-offs still to be set."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.definitions.awards import Award
from evalkit.definitions.crosscheck.context import Context
from evalkit.definitions.yaml_source import Document, Way
from evalkit.messages.nearest import suggestion
from evalkit.problems import Problem, problem


def check_awards(context: Context) -> Iterator[Problem]:
    """Find awards on unknown nodes, ids that stand twice, and placeholders."""
    yield from _check_schemes(context)
    for scheme, document in context.awards:
        seen: dict[str, int | None] = {}
        for number, award in enumerate(scheme.awards):
            place = document.place(("awards", number, "id"))
            if award.id in seen:
                yield problem("EK305", place, id=award.id, first=seen[award.id])
            seen.setdefault(award.id, place.line)
            yield from _check_award(award, document, ("awards", number), context, f"{scheme.id}/{award.id}")


def _check_schemes(context: Context) -> Iterator[Problem]:
    if context.study is None:
        return
    study, document = context.study
    index = -1
    seen: dict[str, int | None] = {}
    for scheme, scheme_document in context.awards:
        index = study.awards.index(scheme_document.file, index + 1)
        place = document.place(("awards", index))
        if scheme.id in seen:
            yield problem("EK305", place, id=scheme.id, first=seen[scheme.id])
        seen.setdefault(scheme.id, place.line)


def _check_award(award: Award, document: Document, way: Way, context: Context, where: str) -> Iterator[Problem]:
    named = [] if award.node is None else [(award.node, document.place((*way, "node")))]
    named += [(node, document.place((*way, "minimum", node), of_key=True)) for node in award.minimum]
    known = context.node_ids
    for node, place in named:
        if node not in known:
            yield problem("EK307", place, where=where, node=node, **suggestion(node, known))
    if award.attestation.startswith("placeholder"):
        yield problem("EK311", document.place((*way, "attestation")), award=where)
