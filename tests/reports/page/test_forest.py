"""The plot of rank intervals."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evalkit.evaluate import Evaluation
from evalkit.reports.page.forest import LEFT, MOST, PAGE_ROWS, PLOT, Forest, Mark, forest, group_text
from evalkit.reports.page.ranked import ranked_units


def marks(plot: Forest) -> list[Mark]:
    return [each for drawing in plot.drawings for each in drawing]


def test_marks_stand_in_the_order_of_the_ranks_within_the_plot(whole_run: Evaluation) -> None:
    units = ranked_units(whole_run, "en")
    plot = forest(units)
    assert plot is not None
    assert [each.name for each in marks(plot)] == [each.name for each in units]
    assert all(LEFT <= each.low < each.rank < each.high <= LEFT + PLOT + 1 for each in marks(plot))
    assert marks(plot)[0].text == f"{units[0].interval[0]:g}–{units[0].interval[1]:g}"  # type: ignore[index]  # it has one
    assert marks(plot)[0].groups == "A"
    assert marks(plot)[-1].groups.endswith(group_text(plot.count - 1, plot.count - 1))
    assert plot.left_out == 0
    assert [len(drawing) for drawing in plot.drawings] == [PAGE_ROWS, len(units) - PAGE_ROWS]
    assert all(each.y < Forest.height(PAGE_ROWS) for each in marks(plot))


def test_units_without_an_interval_are_not_drawn(whole_run: Evaluation) -> None:
    first, second, *_ = ranked_units(whole_run, "en")
    plot = forest([first, replace(second, interval=None)])
    assert plot is not None
    assert [each.name for each in marks(plot)] == [first.name]
    assert forest([replace(first, interval=None)]) is None
    assert forest([]) is None


def test_of_very_many_units_the_rest_is_counted(whole_run: Evaluation) -> None:
    first = ranked_units(whole_run, "en")[0]
    plot = forest([replace(first, rank=float(number), interval=(1.0, 500.0)) for number in range(1, MOST + 4)])
    assert plot is not None
    assert (len(marks(plot)), plot.left_out, plot.count) == (MOST, 3, 1)
    assert len(plot.ticks) <= 10


@pytest.mark.parametrize(
    ("first", "last", "text"), [(-1, -1, ""), (0, 0, "A"), (0, 25, "A–Z"), (26, 27, "AA–AB"), (701, 702, "ZZ–AAA")]
)
def test_groups_have_letters(first: int, last: int, text: str) -> None:
    assert group_text(first, last) == text
