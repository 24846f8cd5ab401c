"""The tree as Markdown and as Mermaid."""

from __future__ import annotations

import pytest

from evalkit.definitions.indicators import IndicatorSet
from evalkit.definitions.recipe import ResolvedNode, resolve
from evalkit.definitions.study import RecipeOverrides
from evalkit.messages import LANGUAGES, Language
from evalkit.reports.tree_drawing import markdown, mermaid
from tests.small_studies import TREE


def drawn(**of_root: object) -> tuple[IndicatorSet, tuple[ResolvedNode, ...]]:
    content = {"id": "set", "version": "1", "name": {"zh": "体系", "en": "Set"}, "tree": TREE | of_root}
    indicators = IndicatorSet.model_validate(content)
    return indicators, resolve(indicators, RecipeOverrides()).nodes


def test_markdown_is_a_nested_list_with_weights() -> None:
    lines = markdown(*drawn(), "en").splitlines()
    assert lines[:3] == ["# Set", "", "`set` 1"]
    assert lines[4:7] == [
        "- **ROOT** Index - 100.0% Among siblings, 100.00% Effective weight; arithmetic",
        "  - **A** Dimension A - 75.0% Among siblings, 75.00% Effective weight; arithmetic",
        "    - **A1** Indicator one - 50.0% Among siblings, 37.50% Effective weight; none",
    ]


def test_mermaid_has_a_box_a_node_and_a_branch_a_child() -> None:
    lines = mermaid(drawn()[1], "zh").splitlines()
    assert lines[:3] == [
        "flowchart LR",
        '  n0["ROOT 总指数<br/>100.00%"]',
        '  n0 -- "75.0%" --> n1["A 甲维度<br/>75.00%"]',
    ]
    assert len(lines) == 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_text_whatever_they_hold(language: Language) -> None:
    name = 'a "b" <script>x</script> `c` **d** #1; [e](javascript:f) | & \\ \n # g'
    indicators, nodes = drawn(name=name)
    text = markdown(indicators, nodes, language)
    escaped = r'a "b" \<script\>x\</script\> \`c\` \*\*d\*\* \#1; \[e\](javascript:f) \| \& \\ \# g'
    assert f"- **ROOT** {escaped} - " in text
    box = mermaid(nodes, language).splitlines()[1]
    assert box.count('"') == 2
    assert "<script" not in box
    assert "#60;script#62;" in box
