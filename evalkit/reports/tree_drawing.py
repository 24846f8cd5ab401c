"""The tree of an indicator set drawn as Markdown and as Mermaid, with the weights of its nodes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evalkit.definitions.indicators import IndicatorSet
from evalkit.definitions.recipe import ResolvedNode
from evalkit.messages import Language, word

_MARKS = re.compile(r"([\\`*_{}\[\]<>|#~$&!])")
_OF_LABELS = re.compile(r'["#<>&`\\]')


def markdown(indicators: IndicatorSet, nodes: Sequence[ResolvedNode], language: Language) -> str:
    """Return a nested list: id, name, share among siblings and effective weight, method, and what attests it.

    Whatever a name holds stays text: marks of Markdown and HTML are escaped.
    """
    lines = [f"# {_plain(indicators.name.say(language))}", "", f"`{indicators.id}` {_plain(indicators.version)}", ""]
    if indicators.source:
        lines += [f"{word('source', language)}: {_plain(indicators.source)}", ""]
    lines += [
        f"{'  ' * node.level}- **{_plain(node.id)}** {_plain(node.name.say(language))} - {_weights(node, language)}; "
        + "; ".join(_plain(each) for each in (_method(node), node.attestation) if each)
        for node in nodes
    ]
    return "\n".join(lines) + "\n"


def mermaid(nodes: Sequence[ResolvedNode], language: Language) -> str:
    """Return a flowchart from left to right; a branch has the share among siblings, a box the effective weight."""
    numbers = {node.id: f"n{number}" for number, node in enumerate(nodes)}
    lines = ["flowchart LR"]
    for node in nodes:
        label = f"{_label(node.id)} {_label(node.name.say(language))}<br/>{node.effective_weight:.2%}"
        box = f'{numbers[node.id]}["{label}"]'
        lines.append(f"  {box}" if node.parent is None else f'  {numbers[node.parent]} -- "{node.share:.1%}" --> {box}')
    return "\n".join(lines) + "\n"


def _weights(node: ResolvedNode, language: Language) -> str:
    share = f"{node.share:.1%} {word('share_among_siblings', language)}"
    return f"{share}, {node.effective_weight:.2%} {word('effective_weight', language)}"


def _method(node: ResolvedNode) -> str:
    return node.normalise.method if node.is_indicator else node.aggregate


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _label(text: str) -> str:
    """Return a text as Mermaid shows it within quotes: what it would read as a mark is written as its number."""
    return _OF_LABELS.sub(lambda found: f"#{ord(found[0])};", " ".join(text.split()))
