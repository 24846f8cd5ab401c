"""A questionnaire with every type of question, and one whose texts try to be something else."""

from __future__ import annotations

from typing import Any

from evalkit.definitions.questionnaire import Questionnaire

CLOUDS = [{"code": "public", "name": {"zh": "公有云", "en": "Public cloud"}}, {"code": "own", "name": "自建机房"}]
STEPS = [{"code": f"s{n}", "name": {"zh": f"第{n}档", "en": f"Step {n}"}} for n in (1, 2, 3)]
CALLS = [{"code": "web", "name": {"zh": "网站", "en": "Web"}}, {"code": "total", "name": {"zh": "合计", "en": "Total"}}]
SHARE = {"code": "web", "name": {"zh": "占比", "en": "Share"}, "numerator": "Q5.web", "denominator": "Q5.total"}
QUESTIONS: list[dict[str, Any]] = [
    {"code": "Q1", "type": "yesno", "required": True},
    {"code": "Q2", "type": "single", "options": CLOUDS, "ask_if": "Q1 = yes"},
    {"code": "Q3", "type": "multiple", "options": CLOUDS},
    {"code": "Q4", "type": "scale", "options": STEPS, "ask_if": "Q3 has own and Q2 != own"},
    {"code": "Q5", "type": "numbers", "parts": CALLS, "unit": "件", "min": 0, "integer": True, "required": True},
    {"code": "Q6", "type": "ratio", "parts": [SHARE], "unit": "%"},
    {"code": "Q7", "type": "number", "unit": "%", "min": 0, "max": 100, "help": {"zh": "说明七", "en": "Help seven"}},
    {"code": "Q8", "type": "date", "ask_if": "sum(Q5.web, Q5.total) > 10"},
    {"code": "Q9", "type": "text", "role": "descriptive", "source": "source nine", "attestation": "found nine"},
]
HOSTILE = (
    "<script>alert(1)</script> ]]> &amp; ${Q99} ${ {{ 7*7 }} {% raw %} =1+1 "
    "\x00\x07\x1b ' \" “” \ufffe @SUM(1) <r>x</r>"
)


def form(questions: list[dict[str, Any]] | None = None, **more: Any) -> Questionnaire:  # noqa: ANN401 - any key of a questionnaire
    asked = [
        {"text": {"zh": f"题{each['code']}", "en": f"Question {each['code']}"}, **each}
        for each in questions or QUESTIONS
    ]
    section = {"id": "A", "name": {"zh": "第一部分", "en": "Part one"}, "questions": asked}
    whole = {"id": "small", "version": "1.0", "name": {"zh": "小问卷", "en": "Small form"}, "sections": [section]}
    return Questionnaire.model_validate(whole | more)


def hostile() -> Questionnaire:
    """Every text of the questionnaire is :data:`HOSTILE`."""
    text = {"zh": f"=中{HOSTILE}", "en": f"=en{HOSTILE}"}
    asked = []
    for each in QUESTIONS:
        changed = {**each, "text": text, "help": text, "source": HOSTILE, "attestation": HOSTILE}
        if each["type"] in {"number", "numbers", "ratio"}:
            changed["unit"] = HOSTILE
        if "options" in each:
            changed["options"] = [
                {"code": option["code"], "name": {"zh": f"{option['code']}{HOSTILE}"}} for option in each["options"]
            ]
        if "parts" in each:
            changed["parts"] = [{**part, "name": text} for part in each["parts"]]
        asked.append(changed)
    section = {"id": "A", "name": text, "questions": asked}
    return form(name=text, source=HOSTILE, instructions=[text], version=HOSTILE, sections=[section])
