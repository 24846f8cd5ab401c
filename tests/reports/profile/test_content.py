"""What the page of a unit says of it."""

from __future__ import annotations

from evalkit.evaluate import Evaluation
from evalkit.reports.profile.content import Profiles


def test_facts_are_those_of_the_ranking(values_run: Evaluation) -> None:
    profile = Profiles(values_run, "en").of("U3")
    assert profile.facts == ("index 70.00", "rank 1 of 4", "rank 1 of 2 in “small”")
    assert profile.peers == "compared with the whole field, units with an index: 4"


def test_opportunities_name_who_has_reached_them(values_run: Evaluation) -> None:
    first = Profiles(values_run, "en").of("U3").opportunities[0]
    assert (first.name, first.texts) == ("B1 Indicator three", (["乙市"],))
    assert first.numbers == (10, 90, 20)


def test_findings_of_the_unit_are_listed(form_run: Evaluation) -> None:
    findings = Profiles(form_run, "en").of("U3").findings
    assert any("很多" in message for _, message, _ in findings)
