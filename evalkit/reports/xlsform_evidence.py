"""The proof that a question asks for, as a field of an XLSForm."""

from __future__ import annotations

from evalkit.definitions.questionnaire import Question
from evalkit.messages import word
from evalkit.reports.template_styles import Words
from evalkit.reports.xlsform_names import ABSENT, FieldNames, field_keys


def evidence_row(question: Question, names: FieldNames, relevant: str) -> dict[str, str | Words]:
    """Return the row of the field; ``relevant`` is the question's own condition, empty where there is none."""
    if question.evidence is None:
        raise ValueError(f"{question.code} asks for no evidence")
    label = tuple(word("xlsform_evidence", side, question=question.code) for side in ("zh", "en"))
    condition = needs_proof(question, names)
    return {
        "type": "text",
        "name": names.evidence[question.code],
        "label": (label[0], label[1]),
        "hint": (question.evidence.say("zh"), question.evidence.say("en")),
        "relevant": f"({relevant}) and ({condition})" if relevant else condition,
        "appearance": "multiline",
    }


def needs_proof(question: Question, names: FieldNames) -> str:
    """Return the XPath that holds where an answer is to be proved: nothing has to be by a no, nor by N/A."""
    fields = [f"${{{names.answers[key]}}}" for key in field_keys(question)]
    match question.type:
        case "yesno":
            return f"{fields[0]} = 'yes'"
        case "multiple":
            return f"{fields[0]} != '' and not(selected({fields[0]}, '{ABSENT}'))"
        case "single" | "scale":
            return f"{fields[0]} != '' and {fields[0]} != '{ABSENT}'"
        case _:
            return " or ".join(f"{field} != ''" for field in fields)
