"""Which units change rank, award or tier by the adjustment for the severity of auditors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evalkit.evaluate import Evaluation
from evalkit.evaluate.publication import public
from evalkit.reports.outline import outline
from evalkit.reports.outline.sheet import Marked
from tests.evaluate.test_call_results import TREE, rows
from tests.small_audits import PROTOCOL, calls_study
from tests.small_studies import REGISTER, run, write_yaml

SCHEME: dict[str, Any] = {
    "id": "prize",
    "kind": "awards",
    "version": "1",
    "name": {"zh": "奖", "en": "Prize"},
    "awards": [
        {
            "id": "tier",
            "name": {"zh": "档次", "en": "Tier"},
            "rule": {
                "method": "blocks",
                "by": "places",
                "blocks": [
                    {"id": "upper", "name": {"zh": "一档", "en": "upper"}, "count": 2},
                    {"id": "lower", "name": {"zh": "二档", "en": "lower"}},
                ],
            },
        }
    ],
}


def study(folder: Path, *, publish: str = "all", **changes: Any) -> Evaluation:  # noqa: ANN401 - keys of the protocol
    faster = {"U1": 13, "U2": 10}
    given = [each | {"G4": str(float(each["G4"]) - faster.get(each["unit"], 0))} for each in rows()]
    path = calls_study(folder, given, TREE, register=REGISTER, awards=["prize.yaml"], publish=publish)
    write_yaml(folder / "protocol.yaml", PROTOCOL | changes)
    write_yaml(folder / "prize.yaml", SCHEME)
    return run(path)


@pytest.fixture(scope="module")
def adjusted(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    return study(tmp_path_factory.mktemp("adjusted") / "s", adjust="fixed")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    return study(tmp_path_factory.mktemp("plain") / "s")


def test_the_raw_side_is_the_run_that_adjusts_nothing(adjusted: Evaluation, plain: Evaluation) -> None:
    table = adjusted["adjustment"].set_index("unit")
    for evaluation, score, rank, awards in (
        (plain, "score_raw", "rank_raw", "awards_raw"),
        (adjusted, "score", "rank", "awards"),
    ):
        ranking = evaluation.ranking().set_index("unit")
        np.testing.assert_allclose(table.loc[ranking.index, score], ranking["score"])
        assert table.loc[ranking.index, rank].tolist() == ranking["rank"].tolist()
        held = evaluation["awards"].set_index("unit")
        assert table.loc[held.index, awards].tolist() == (held["scheme"] + "/" + held["award"]).tolist()


def test_units_that_change_tier_are_said_in_words(adjusted: Evaluation) -> None:
    table = adjusted["adjustment"]
    changed = table[table["awards_raw"] != table["awards"]]
    assert len(changed) == 2
    assert table["awards_change"].sum() == 2
    said = {each.place.unit: each for each in adjusted.problems if each.code == "EK665"}
    assert set(said) == set(changed["unit"])
    up = changed.loc[changed["awards"] == "prize/upper", "unit"].iloc[0]
    assert said[up].message("en").endswith("from “lower” to “upper”")
    assert said[up].message("zh").endswith("由 “二档” 变为 “一档”")
    (summary,) = [dict(each.params) for each in adjusted.problems if each.code == "EK666"]
    moved = table["rank_change"] != 0
    assert (summary["moved"], summary["ranked"], summary["changed"]) == (str(moved.sum()), "4", "2")
    assert float(summary["places"]) == table["rank_change"].abs().max() > 0


def test_the_report_shows_the_largest_changes_first(adjusted: Evaluation) -> None:
    (sheet,) = [each for each in outline(adjusted, "zh") if each.title == "宽严调整"]
    changes = [abs(row[6]) for row in sheet.rows]
    assert changes == sorted(changes, reverse=True)
    marked = {row[0]: row[8].text for row in sheet.rows if isinstance(row[8], Marked)}
    assert sorted(marked.values()) == ["一档", "二档"]


def test_without_an_adjustment_there_is_nothing_to_say(plain: Evaluation) -> None:
    assert plain["adjustment"].empty
    assert not {"EK665", "EK666"} & {each.code for each in plain.problems}
    assert "宽严调整" not in {each.title for each in outline(plain, "zh")}


def test_where_tiers_only_are_published_nothing_of_it_is(tmp_path: Path) -> None:
    shown = public(study(tmp_path / "s", publish="tiers", adjust="fixed"))
    assert shown["adjustment"].empty
    assert not {"EK665", "EK666"} & {*shown["problems"]["code"]}
