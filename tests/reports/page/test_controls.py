"""What can be set on the page: a slider wherever siblings share a weight, filters for groups and awards."""

from __future__ import annotations

from evalkit.evaluate import Evaluation
from evalkit.reports.outline.names import node_names
from evalkit.reports.outline.sheet import records
from evalkit.reports.page.controls import emphases, families, filters
from evalkit.reports.page.ranked import ranked_units


def test_siblings_have_sliders_with_their_share_and_an_only_child_has_none(values_run: Evaluation) -> None:
    found = families(records(values_run["nodes"]), node_names(values_run, "en"))
    assert [(each.title, [(one.name, one.value) for one in each.sliders]) for each in found] == [
        ("Index", [("Dimension A", "75.0"), ("Dimension B", "25.0")]),
        ("Dimension A", [("Indicator one", "50.0"), ("Indicator two", "50.0")]),
    ]


def test_there_is_a_filter_for_each_peer_group(values_run: Evaluation) -> None:
    (found,) = filters(values_run, ranked_units(values_run, "en"), "en")
    assert (found.key, found.title, found.choices) == ("group0", "Class", ("big", "small"))


def test_each_of_several_dimensions_can_be_stressed_and_a_single_one_cannot(values_run: Evaluation) -> None:
    nodes, labels = records(values_run["nodes"]), node_names(values_run, "en")
    assert [each.name for each in emphases(nodes, labels)] == ["Dimension A", "Dimension B"]
    assert emphases([row for row in nodes if row["node"] not in {"B", "B1"}], labels) == ()
