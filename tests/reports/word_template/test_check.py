"""The fields of a template: every mistake is found before rendering, each with what was meant and where it stands."""

from __future__ import annotations

import pytest

from evalkit.problems import Place, Problem
from evalkit.reports.word_template.check import check_part
from evalkit.reports.word_template.sandbox import TemplateEnvironment


def check(*paragraphs: str) -> list[Problem]:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return check_part(f"<w:body>{body}</w:body>", TemplateEnvironment(), Place(file="my.docx"))


def named(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(each.code, dict(each.params).get("field", "")) for each in problems]


@pytest.mark.parametrize(
    "line",
    [
        "{{ study }} {{ unit_count + 1 }} {{ charts.ranking }}",
        "{% for each in units %}{{ loop.index }} {{ each.name }} {{ each['score'] }}{% endfor %}",
        "{% for each in units if each.rank and each.rank < 4 %}{{ each.name }}{% endfor %}",
        "{% for each in units %}{% for part in each.dimensions %}{{ part.score|round(1) }}{% endfor %}{% endfor %}",
        "{% for row in tables.ranking.rows %}{% for cell in row %}{{ cell }}{% endfor %}{% endfor %}",
        "{{ (units|first).name }} {{ units[0].name }} {{ (units|sort(attribute='name')|last).score }}",
        "{% set best = units[0] %}{{ best.name }}{% if city %}{{ city.chart }}{% elif wave %}{% else %}{% endif %}",
        "{% for question in questions %}{{ question.options|length }}{% endfor %}",
    ],
)
def test_fields_that_are_offered_pass(line: str) -> None:
    assert check(line) == []


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("{{ stduy }}", "stduy"),
        ("{{ units.name }}", "name"),
        ("{% for each in units %}{{ each.nmae }}{% endfor %}", "nmae"),
        ("{% for each in units %}{% endfor %}{{ each.name }}", "each"),
        ("{% if tables.rankings.rows %}{% endif %}", "rankings"),
        ("{{ units[0].scores }}", "scores"),
        ("{% for each in units|sort(attribute='name') %}{{ each.x }}{% endfor %}", "x"),
        ("{{ study.title }}", "title"),
        ("{% set a = units %}{% for each in a %}{{ each.q }}{% endfor %}", "q"),
    ],
)
def test_an_unknown_field_is_found(line: str, field: str) -> None:
    assert named(check(line)) == [("EK085", field)]


def test_all_are_found_at_once_with_their_paragraphs() -> None:
    found = check("第一段 {{ stduy }}", "second {% for each in untis %}{{ each.name }}{% endfor %}", "{{ wave }}")
    assert named(found) == [("EK085", "stduy"), ("EK085", "untis")]
    assert found[0].message("en") == (
        "the template names an unknown field “stduy”; did you mean “study”? (paragraph: “第一段 {{ stduy }}”)"
    )
    assert "units" in found[1].message("zh")
    assert "ranked_count" in found[0].hint("en")
    assert found[0].place.file == "my.docx"


def test_a_statement_that_cannot_be_read_is_found_with_its_paragraph() -> None:
    (found,) = check("fine", "{% for each in units %}{{ each. }}{% endfor %}")
    assert found.code == "EK086"
    assert "{{ each. }}" in dict(found.params)["paragraph"]
    assert check("{% if study %}")[0].code == "EK086"
    assert "{{ }}" in found.hint("en")


@pytest.mark.parametrize(
    "line",
    [
        "{% include '/etc/passwd' %}",
        "{% import 'x' as y %}",
        "{% macro bomb() %}{% endmacro %}",
        "{{ study.upper() }}",
        "{{ study|pprint }}",
        "{{ study|center(1000000000) }}",
        "{{ units.append(1) }}",
        "{% set a = [units, units] %}",
        "{% set a = {'a': units} %}",
        "{% set a %}{{ study }}{% endset %}",
        "{% filter upper %}{{ study }}{% endfilter %}",
        "{% block a %}{% endblock %}",
        "{% autoescape false %}{{ study }}{% endautoescape %}",
        "{% for each in units %}{{ each.name.center(9) }}{% endfor %}",
    ],
)
def test_what_no_template_may_do_is_found(line: str) -> None:
    assert [each.code for each in check(line)] == ["EK087"]


@pytest.mark.parametrize(
    "loop",
    [
        "range(10**9)",
        "[1, 2, 3]",
        "'abc'",
        "study",
        "unit_count",
        "city",
        "units[0].name",
        "units|length",
        "units|join",
        "tables[study].rows",
        "tables.ranking.rows[0][0]",
    ],
)
def test_a_loop_goes_through_offered_lists_only(loop: str) -> None:
    found = check(f"{{% for each in {loop} %}}{{% endfor %}}")
    assert [each.code for each in found] in (["EK089"], ["EK087"])
    if found[0].code == "EK089":
        assert "units[].dimensions" in found[0].hint("en")
        assert "for each in" in found[0].message("zh")


@pytest.mark.parametrize(
    "loop",
    [
        "units|selectattr('rank')|sort(attribute='score', reverse=true)",
        "units[:10]",
        "units[0].dimensions",
        "questions|list",
        "tables.shares.columns",
        "tables.ranking.rows[0]",
        "(units|first).advice.changes",
    ],
)
def test_a_loop_goes_through_whatever_is_chosen_of_them(loop: str) -> None:
    assert check(f"{{% for each in {loop} %}}{{% endfor %}}") == []


def test_loops_stand_three_deep_at_most() -> None:
    three = "{% for a in units %}{% for b in questions %}{% for c in b.options %}"
    assert check(three + "{% endfor %}" * 3) == []
    found = check(three + "{% for d in awards %}{% for e in awards %}" + "{% endfor %}" * 5)
    assert [each.code for each in found] == ["EK090"]


@pytest.mark.parametrize("field", ["units", "city", "tables.ranking.rows", "units|sort(attribute='name')", "units[0]"])
def test_a_list_or_group_is_not_printed(field: str) -> None:
    (found,) = check(f"第一段 {{{{ {field} }}}}")
    assert found.code == "EK091"
    assert "第一段" in found.message("zh")
    assert "{{ city.name }}" in found.hint("en")
