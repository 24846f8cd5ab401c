"""Award schemes: nodes that must exist, ids used once, cut-offs still to be set, data that the study must name."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.definitions.award_compare import Improvement, Jury, Waves
from evalkit.definitions.award_rules import Blocks, Decision, Top, Unset
from evalkit.definitions.awards import Award, AwardScheme, Gates
from evalkit.definitions.crosscheck.context import Context
from evalkit.definitions.study import Study
from evalkit.definitions.yaml_source import Document, Way
from evalkit.messages.nearest import suggestion
from evalkit.problems import Place, Problem, problem

_DATA_OF = {
    "submissions": ("申报表", "submissions"),
    "jury": ("评审表", "a jury sheet"),
    "decisions": ("委员会决定", "decisions of the committee"),
}


def check_awards(context: Context) -> Iterator[Problem]:
    """Find awards on unknown nodes, ids that stand twice, placeholders, and data that the study does not name."""
    yield from _check_schemes(context)
    for scheme, document in context.awards:
        yield from _check_ids(scheme, document)
        yield from _check_nodes(scheme.gates, document, ("gates",), context, scheme.id)
        for number, award in enumerate(scheme.awards):
            way, where = ("awards", number), f"{scheme.id}/{award.id}"
            if award.node is not None:
                yield from _unknown(award.node, document.place((*way, "node")), context, where)
            if isinstance(award.rule, Top):
                for at, node in enumerate(award.rule.tie_break):
                    place = document.place((*way, "rule", "tie_break", at))
                    yield from _unknown(node, place, context, where)
            yield from _check_nodes(award, document, way, context, where)
            yield from _check_placeholder(award, document, way, where)
            if context.study is not None:
                yield from _check_data(award, document.place((*way, "id")), context.study[0], where)


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


def _check_ids(scheme: AwardScheme, document: Document) -> Iterator[Problem]:
    """Find an id that two awards, two blocks, or an award and a block share."""
    seen: dict[str, int | None] = {}
    for number, award in enumerate(scheme.awards):
        ways: list[tuple[str, Way]] = [(award.id, ("awards", number, "id"))]
        if isinstance(award.rule, Blocks):
            ways += [
                (block.id, ("awards", number, "rule", "blocks", at, "id")) for at, block in enumerate(award.rule.blocks)
            ]
        for each, way in ways:
            place = document.place(way)
            if each in seen:
                yield problem("EK305", place, id=each, first=seen[each])
            seen.setdefault(each, place.line)


def _check_nodes(gates: Gates, document: Document, way: Way, context: Context, where: str) -> Iterator[Problem]:
    for node in gates.minimum:
        yield from _unknown(node, document.place((*way, "minimum", node), of_key=True), context, where)
    for number, veto in enumerate(gates.veto):
        if veto.node is not None:
            yield from _unknown(veto.node, document.place((*way, "veto", number, "node")), context, where)
    if gates.sample is not None and gates.sample.node is not None:
        yield from _unknown(gates.sample.node, document.place((*way, "sample", "node")), context, where)


def _unknown(node: str, place: Place, context: Context, where: str) -> Iterator[Problem]:
    known = context.node_ids
    if node not in known:
        yield problem("EK307", place, where=where, node=node, **suggestion(node, known))


def _check_placeholder(award: Award, document: Document, way: Way, where: str) -> Iterator[Problem]:
    rule = award.rule
    if isinstance(rule, Unset):
        yield problem("EK335", document.place((*way, "rule")), award=where, unset="rule")
    elif isinstance(rule, Blocks) and rule.unset:
        unset = ", ".join(rule.blocks[number].id for number in rule.unset)
        yield problem("EK335", document.place((*way, "rule", "blocks", rule.unset[0])), award=where, unset=unset)
    elif award.attestation.startswith("placeholder"):
        yield problem("EK311", document.place((*way, "attestation")), award=where)


def _check_data(award: Award, place: Place, study: Study, where: str) -> Iterator[Problem]:
    if isinstance(award.compare, Improvement | Waves) and not study.waves:
        yield problem("EK337", place, award=where)
    needed = ["submissions", "jury"] if isinstance(award.compare, Jury) else []
    needed += ["decisions"] if isinstance(award.rule, Decision) else []
    lacking = [key for key in needed if getattr(study.nominations, key) is None]
    if lacking:
        zh, en = "、".join(_DATA_OF[key][0] for key in lacking), " and ".join(_DATA_OF[key][1] for key in lacking)
        yield problem("EK338", place, award=where, what_zh=zh, what_en=en, keys=", ".join(lacking))
