from __future__ import annotations

from pathlib import Path

import pytest

import evalkit
from evalkit.messages import Language
from evalkit.reports.outline.award_certainty import certificate_text, method_text
from evalkit.reports.outline.descriptive import awards
from evalkit.uncertainty import robustness
from evalkit.uncertainty.certificates import CERTIFICATES, NO_ERROR
from tests.uncertainty.sampled_awards import DECISION, EARLIER, JURY, nominated, write_before
from tests.uncertainty.sampled_study import AWARDS, sampled_study


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_certificate_has_words(language: Language) -> None:
    said = [certificate_text(each, language) for each in (*CERTIFICATES, NO_ERROR)]
    assert len(set(said)) == len(said)
    assert certificate_text("", language) == method_text("", language) == ""


@pytest.mark.parametrize(
    ("method", "zh", "en"),
    [
        ("threshold, Benjamini-Hochberg, 0.95", "与分数线检验", "tests against the cut"),
        ("rank sets, stepdown, 0.95", "名次置信集", "confidence sets of ranks"),
        ("replicates, 1000, 0.95", "重抽样本 1000 次", "1000 samples drawn again"),
        ("none", "无需检验", "nothing to test"),
    ],
)
def test_methods_are_said_in_both_languages(method: str, zh: str, en: str) -> None:
    assert (method_text(method, "zh"), method_text(method, "en")) == (zh, en)


def test_the_list_of_awards_says_how_sure_each_is_and_what_was_held(tmp_path: Path) -> None:
    write_before(tmp_path, "1")
    breaks = {
        "method": "blocks",
        "by": "natural_breaks",
        "blocks": [{"id": "b1", "name": "x"}, {"id": "b2", "name": "y"}],
    }
    given = [JURY, DECISION, {"id": "b", "name": "b", "rule": breaks}]
    scheme = AWARDS | {"awards": given}
    choices = {"replicates": 500, "seed": 1}
    path = sampled_study(tmp_path, awards=scheme, uncertainty=choices, **EARLIER, **nominated(tmp_path))
    evaluation = robustness.run(evalkit.load(path))
    sheet = awards(evaluation, "en")
    titles = [column.title for column in sheet.columns]
    at = titles.index("Certificate")
    assert titles[at + 1 : at + 4] == ["Found by", "(c) awarded in", "(b) awarded under other methods"]
    first = next(row for row in sheet.rows if row[1] == "j")
    assert first[at : at + 4] == ["no sampling error enters", "nothing to test", 1, 1]
    notes = "\n".join(sheet.notes)
    assert "no more than indicative" in notes
    assert "“j” hold as it is: what was submitted, the marks of a single judge" in notes
    assert "draws m - 1 of the m judges" in notes
    assert "“d” hold as it is: the decisions of the committee" in notes
    assert "唯一评委的打分" in "\n".join(awards(evaluation, "zh").notes)


def test_without_a_jury_nothing_is_said_of_judges(tmp_path: Path) -> None:
    evaluation = robustness.run(evalkit.load(sampled_study(tmp_path, uncertainty={"replicates": 100})))
    assert "judges" not in "\n".join(awards(evaluation, "en").notes)
