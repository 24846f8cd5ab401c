"""The data of the page: full precision, and JSON that cannot end the element it stands in."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from evalkit.evaluate import Evaluation
from evalkit.reports.page.payload import as_script, payload


def test_scores_are_those_of_the_tables_to_the_last_bit(values_run: Evaluation) -> None:
    units = ["U4", "U3", "U2", "U1"]
    data = json.loads(as_script(payload(values_run, units, "zh")))
    table = values_run["scores"].set_index(["unit", "node"])["score"]
    for node, scores in zip(data["nodes"], data["scores"], strict=True):
        for unit, score in zip(units, scores or [], strict=bool(scores)):
            stored = table[unit, node["id"]]
            assert score == stored or (score is None and stored != stored)  # noqa: PLR0124 - NaN
    assert data["index"] == [table[unit, "ROOT"] for unit in units]
    assert data["ranks"] == [4, 1, 2, 3]


@given(st.text())
def test_no_text_ends_the_script_element(text: str) -> None:
    script = as_script({"names": [text, "</script><!--", "]]>"]})
    assert not set("<>&\u2028\u2029") & set(script)
    assert json.loads(script)["names"][0] == text
