"""What a template may ask for is counted: one that would never end, or fill the memory, is stopped."""

from __future__ import annotations

import pytest
from jinja2.exceptions import SecurityError

from evalkit.reports.word_template import work
from evalkit.reports.word_template.sandbox import TemplateEnvironment
from evalkit.reports.word_template.work import TooMuchError

VALUES = {"name": "甲" * 40, "many": list(range(2_000)), "few": ["a", "b"], "number": 9, "rows": [["a"], ["b"]]}
SQUARED = "{% set a = 9999999999 %}" + "{% set a = a * a %}" * 40 + "{{ a }}"
DOUBLED = "{% set a = name + name %}" + "{% set a = a + a %}" * 40 + "{{ a }}"
TIED = "{% set a = name %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}"
JOINED = "{% set a = name %}" + "{% set a = a|list|join(a) %}" * 20 + "{{ a }}"
LOOPS = "{% for a in many %}{% for b in many %}{% for c in many %}{{ a }}{% endfor %}{% endfor %}{% endfor %}"


def rendered(text: str, environment: TemplateEnvironment | None = None) -> str:
    return (environment or TemplateEnvironment()).from_string(text).render(VALUES)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (LOOPS, "steps"),
        ("{% for a in many if a %}{% for b in many if b > a %}{{ b }}{% endfor %}{% endfor %}", "steps"),
        ("{% for a in many %}{% if many|sort %}{% endif %}{% endfor %}", "steps"),
        (DOUBLED, "text"),
        (TIED, "text"),
        (JOINED, "steps"),
        (SQUARED, "number"),
        ("{{ 1|round(1000000000, 'ceil') }}", "round"),
        ("{{ 5|round(-1000000000) }}", "round"),
        ("{{ many|join(name * 1) }}", ""),
        ("{{ rows|sum(start=rows) }}", ""),
        ("{{ rows + rows }}", ""),
        ("{{ rows }}", ""),
        ("{{ rows|string }}", ""),
        ("{{ rows|join }}", ""),
    ],
    ids=[
        "loops", "tests", "filter", "doubled", "tied", "joined", "squared", "ceil", "round", "times", "sum", "lists",
        "printed", "string", "join",
    ],
)  # fmt: skip
def test_what_grows_without_end_is_stopped(text: str, why: str) -> None:
    with pytest.raises(TooMuchError if why else SecurityError) as stopped:
        rendered(text)
    assert str(stopped.value) == why or not why


def test_a_document_may_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "MOST_LETTERS", 10_000)
    environment = TemplateEnvironment()
    assert len(rendered("{% for a in many %}four{% endfor %}", environment)) == 8_000
    with pytest.raises(TooMuchError):
        rendered("{% for a in many %}four{% endfor %}", environment)


def test_an_honest_template_is_rendered_as_by_jinja() -> None:
    text = "{% for a in many if a > 1997 %}{{ loop.index }}/{{ loop.length }} {{ a ~ '<' ~ number }}{% endfor %}"
    assert rendered(text) == "1/2 1998&lt;92/2 1999&lt;9"
    assert rendered("{{ few|join('、') }}{{ (number + 1) * 2.5 }}{{ 'a' + 'b' }}") == "a、b25.00ab"
    assert rendered("{{ many|sum }} {{ 2.346|round(2) }} {{ 'x' ~ ('y' ~ number) }}") == "1999000 2.35 xy9"


def test_each_document_has_work_of_its_own() -> None:
    loop = "{% for a in many %}{% for b in few %}{% endfor %}{% endfor %}"
    spent, fresh = TemplateEnvironment(), TemplateEnvironment()
    rendered(loop, spent)
    assert spent.work.left < fresh.work.left == work.MOST_STEPS
