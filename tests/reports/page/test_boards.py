"""The board of awards."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

import evalkit
from evalkit.evaluate import Evaluation
from evalkit.reports.page.boards import NEXT, award_boards
from tests.small_studies import REGISTER, run, values_study, write_yaml


@pytest.fixture(scope="module")
def examples() -> Evaluation:
    return evalkit.load("examples/awards/study.yaml").run()


@pytest.fixture
def ladder(tmp_path: Path) -> Evaluation:
    scheme = {
        "id": "ladder", "version": "1", "name": "ladder", "one_rung": True,
        "awards": [
            {"id": "gold", "name": "Gold", "rule": {"method": "top", "count": 1}},
            {"id": "silver", "name": "Silver", "rule": {"method": "band", "low": 60}},
        ],
    }  # fmt: skip
    write_yaml(tmp_path / "ladder.yaml", scheme)
    return run(values_study(tmp_path, awards=["ladder.yaml"], register=REGISTER))


def test_holders_stand_above_the_cut_and_the_next_in_line_below(ladder: Evaluation) -> None:
    gold, silver = award_boards(ladder, ["U3", "U2", "U1", "U4"], "en")
    scores = ladder["scores"].query("node == 'ROOT'").set_index("unit")["score"]
    (winner,) = gold.holders
    assert (winner.unit, winner.reach, gold.tier) == ("U3", "", 1)
    assert winner.over == pytest.approx(scores["U3"] - scores["U2"])
    assert [each.unit for each in gold.nearest] == ["U2", "U1"]
    assert [each.short for each in gold.nearest] == pytest.approx(
        [scores["U3"] - scores["U2"], scores["U3"] - scores["U1"]]
    )
    assert [(each.unit, each.reach) for each in silver.holders] == [("U2", "Gold"), ("U1", "Gold")]
    assert [each.over for each in silver.holders] == pytest.approx([scores["U2"] - 60, scores["U1"] - 60])


def test_what_a_jury_gives_has_no_cut(examples: Evaluation) -> None:
    boards = {each.name: each for each in award_boards(examples, list(examples["units"]["unit"]), "en")}
    jury = boards["Golden data award"]
    assert jury.holders
    assert not jury.measured
    assert not jury.nearest
    assert all(math.isnan(each.over) for each in jury.holders)
    assert all(len(each.nearest) <= NEXT for each in boards.values())


def test_units_of_a_scheme_without_order_stand_by_code(ladder: Evaluation) -> None:
    schemes = [{**each, "unordered": True} for each in ladder.manifest["awards"]]
    unordered = Evaluation(ladder.tables, {**ladder.manifest, "awards": schemes})
    assert [each.unit for each in award_boards(unordered, ["U3", "U2", "U1", "U4"], "en")[1].holders] == ["U1", "U2"]
