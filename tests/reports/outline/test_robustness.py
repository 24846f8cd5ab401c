from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import evalkit
from evalkit.messages import word
from evalkit.reports.outline.robustness import robustness as sheet_of
from evalkit.uncertainty import robustness
from tests.respondent_studies import respondent_study


def test_where_a_and_c_find_errors_in_other_ways_it_is_said(tmp_path: Path) -> None:
    choices = {"replicates": 60, "sensitivity": {"runs": 64}}
    rules = {"method": "median"}
    path = respondent_study(tmp_path, recipe={"respondents": rules}, uncertainty=choices)
    found = robustness.run(evalkit.load(path))
    assert found.manifest["replicates"]["resampled"] == ["respondents"]
    people, calls = (word(f"note_resampled_{source}", "en") for source in ("respondents", "calls"))
    assert people in sheet_of(found, "en").notes
    assert calls not in sheet_of(found, "en").notes
    for resampled, said in (([], set[str]()), (["calls"], {calls}), (["calls", "respondents"], {calls, people})):
        made = found.manifest["replicates"] | {"resampled": resampled}
        other = replace(found, manifest=found.manifest | {"replicates": made})
        assert {people, calls} & set(sheet_of(other, "en").notes) == said
